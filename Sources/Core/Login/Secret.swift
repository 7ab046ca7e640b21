import Crypto

/// Random secrets and the digests under which they are stored.
enum Secret {
  /// 256 random bits as 43 characters that may stand in cookies and addresses.
  static func token() -> String {
    base64URL(unsafe SymmetricKey(size: .bits256).withUnsafeBytes { unsafe Array($0) })
  }

  /// A code of six digits, each equally likely.
  static func code() -> String {
    var generator = SystemRandomNumberGenerator()
    let digits = String(Int.random(in: 0..<1_000_000, using: &generator))
    return String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// SHA-256 in hexadecimal: what is stored in place of the secret.
  static func digest(_ secret: String) -> String {
    hexadecimal(SHA256.hash(data: Array(secret.utf8)))
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    var output: [UInt8] = []
    output.reserveCapacity(64)
    for byte in bytes {
      output.append(hexadecimalDigits[Int(byte >> 4)])
      output.append(hexadecimalDigits[Int(byte & 15)])
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static let hexadecimalDigits = Array("0123456789abcdef".utf8)

  private static func base64URL(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var output: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let rest = min(3, bytes.count - index)
      var group = UInt32(bytes[index]) << 16
      if rest > 1 { group |= UInt32(bytes[index + 1]) << 8 }
      if rest > 2 { group |= UInt32(bytes[index + 2]) }
      for position in 0...rest { output.append(alphabet[Int(group >> (18 - 6 * UInt32(position)) & 63)]) }
      index += 3
    }
    return String(decoding: output, as: UTF8.self)
  }
}
