import Crypto

/// An elliptic key of P-256 as the client writes it: `EC PRIVATE KEY` (RFC 5915), with the public key in it.
struct ECKey {
  /// The point's two coordinates, of 32 bytes each.
  let point: [UInt8]

  /// - Returns: nil when the text holds no such key.
  init?(pem: String) {
    guard let bytes = PEM.blocks("EC PRIVATE KEY", in: pem).first else { return nil }
    var outer = DER(bytes)
    guard var key = outer.next(DER.sequence)?.inside else { return nil }
    // Version, private key, [0] curve, [1] public key: no unused bits, and 4 for a point that is not compressed.
    guard key.next(DER.integer) != nil, key.next(DER.octetString) != nil, key.next(0xA0) != nil,
      var field = key.next(0xA1)?.inside, let bits = field.next(DER.bitString)?.content,
      bits.count == 66, bits.starts(with: [0, 4])
    else { return nil }
    point = Array(bits.dropFirst(2))
  }

  /// What stands for the account in the answers to challenges (RFC 7638, RFC 8555 section 8.1).
  var thumbprint: String {
    let (x, y) = (PEM.base64URL(point.prefix(32)), PEM.base64URL(point.suffix(32)))
    let key = #"{"crv":"P-256","kty":"EC","x":"\#(x)","y":"\#(y)"}"#
    return PEM.base64URL(SHA256.hash(data: Array(key.utf8)))
  }
}
