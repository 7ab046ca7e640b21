import Crypto

/// The SHA-256 of a blob's content, which is its name.
package struct BlobID: Hashable, Sendable, Comparable, CustomStringConvertible {
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// The name of some content.
  package init(of content: [UInt8]) {
    var words = [UInt64](repeating: 0, count: 4)
    for (index, byte) in SHA256.hash(data: content).enumerated() {
      words[index / 8] = words[index / 8] << 8 | UInt64(byte)
    }
    self.words = (words[0], words[1], words[2], words[3])
  }

  /// Reads 64 lower-case hexadecimal digits; nil for anything else.
  package init?(_ text: String) {
    guard text.utf8.count == 64 else { return nil }
    var words = [UInt64](repeating: 0, count: 4)
    for (index, digit) in text.utf8.enumerated() {
      let value: UInt8
      switch digit {
      case 48...57: value = digit - 48
      case 97...102: value = digit - 87
      default: return nil
      }
      words[index / 16] = words[index / 16] << 4 | UInt64(value)
    }
    self.words = (words[0], words[1], words[2], words[3])
  }

  /// The first half of the hash.
  var leadingWords: (UInt64, UInt64) { (words.0, words.1) }

  /// 64 lower-case hexadecimal digits.
  package var description: String {
    unsafe String(unsafeUninitializedCapacity: 64) { buffer in
      var place = 0
      for word in [words.0, words.1, words.2, words.3] {
        for shift in stride(from: 60, through: 0, by: -4) {
          let value = UInt8(word >> UInt64(shift) & 15)
          unsafe buffer[place] = value < 10 ? 48 + value : 87 + value
          place += 1
        }
      }
      return 64
    }
  }

  package static func == (left: BlobID, right: BlobID) -> Bool { left.words == right.words }

  package static func < (left: BlobID, right: BlobID) -> Bool { left.words < right.words }

  package func hash(into hasher: inout Hasher) {
    // The name is a hash already; a part of it spreads as well as all of it.
    hasher.combine(words.0)
  }
}
