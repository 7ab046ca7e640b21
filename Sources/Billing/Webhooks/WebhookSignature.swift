import Crypto
import HTTP

/// The proof that a webhook comes from Stripe: `Stripe-Signature: t=1763726400,v1=<hex>[,v1=<hex>]`, HMAC-SHA256 over
/// time, dot and body, keyed with a secret as it stands (https://docs.stripe.com/webhooks/signature).
struct WebhookSignature: Sendable {
  /// A signature older than this may be a recording played back; one from further ahead was not made by Stripe now.
  static let toleranceSeconds: Int64 = 300
  /// Stripe sends two hundred bytes.
  static let headerLimit = 4096

  private let keys: [SymmetricKey]

  /// - Parameter secrets: any of them may have signed, while one replaces another.
  init(secrets: [String]) {
    keys = secrets.map { SymmetricKey(data: Array($0.utf8)) }
  }

  /// Whether one of the secrets signed these bytes, within the tolerance of `now` in both directions.
  func holds(for body: [UInt8], header: String?, at now: Instant) -> Bool {
    guard let header, header.utf8.count <= Self.headerLimit, let parts = Parts(header) else { return false }
    guard abs(parts.time - now.seconds) <= Self.toleranceSeconds else { return false }
    return keys.contains { key in
      var code = HMAC<SHA256>(key: key)
      code.update(data: parts.timeText)
      code.update(data: [UInt8(ascii: ".")])
      code.update(data: body)
      let expected = code.finalize()
      // Crypto compares in constant time.
      return parts.signatures.contains { expected == $0 }
    }
  }

  /// What the header names; other schemes than `v1` are ignored, as Stripe advises against a downgrade.
  private struct Parts {
    let time: Int64
    /// The digits as they were signed.
    let timeText: [UInt8]
    let signatures: [[UInt8]]

    init?(_ header: String) {
      var time: Substring.UTF8View?
      var signatures: [[UInt8]] = []
      for element in header.utf8.split(separator: UInt8(ascii: ",")) {
        guard let equals = element.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let value = element[element.index(after: equals)...]
        switch Substring(element[..<equals]) {
        case "t":
          // Two times would leave open which one was signed.
          guard time == nil else { return nil }
          time = value
        case "v1": if let signature = Self.bytes(hexadecimal: value) { signatures.append(signature) }
        default: break
        }
      }
      guard let time, (1...12).contains(time.count), time.allSatisfy({ (0x30...0x39).contains($0) }),
        let seconds = Int64(Substring(time))
      else { return nil }
      self.time = seconds
      timeText = Array(time)
      self.signatures = signatures
    }

    private static func bytes(hexadecimal text: Substring.UTF8View) -> [UInt8]? {
      guard text.count == 64 else { return nil }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(32)
      var high: UInt8?
      for character in text {
        guard let digit = digit(character) else { return nil }
        if let first = high {
          bytes.append(first << 4 | digit)
          high = nil
        } else {
          high = digit
        }
      }
      return bytes
    }

    private static func digit(_ character: UInt8) -> UInt8? {
      switch character {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
      default: nil
      }
    }
  }
}
