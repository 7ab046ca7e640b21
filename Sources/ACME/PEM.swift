/// Blocks of a PEM file (RFC 7468).
enum PEM {
  /// The contents of all blocks of a kind, in their order.
  ///
  /// - Parameter label: `CERTIFICATE`, say.
  static func blocks(_ label: String, in text: String) -> [[UInt8]] {
    var found: [[UInt8]] = []
    var lines: [Substring]?
    for line in text.split(whereSeparator: \.isNewline) {
      if line == "-----BEGIN \(label)-----" {
        lines = []
      } else if line == "-----END \(label)-----" {
        if let bytes = lines.flatMap({ decode($0.joined()) }) { found.append(bytes) }
        lines = nil
      } else {
        lines?.append(line)
      }
    }
    return found
  }

  /// Base64 (RFC 4648, section 4); nil for anything else.
  private static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for character in text.utf8 {
      if character == UInt8(ascii: "=") { break }
      guard let value = values[character] else { return nil }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
  private static let values = Dictionary(
    uniqueKeysWithValues: (alphabet + Array("+/".utf8)).enumerated().map { ($1, UInt32($0)) })

  /// Base64 for addresses, without padding (RFC 4648, section 5).
  static func base64URL(_ bytes: some Sequence<UInt8>) -> String {
    let letters = alphabet + Array("-_".utf8)
    var text: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 6 {
        count -= 6
        text.append(letters[Int(bits >> UInt32(count) & 0x3F)])
      }
    }
    if count > 0 { text.append(letters[Int(bits << UInt32(6 - count) & 0x3F)]) }
    return String(decoding: text, as: UTF8.self)
  }
}
