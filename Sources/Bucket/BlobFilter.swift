/// Remembers which blobs are named, in a fixed amount of memory however many there are (a Bloom filter, Bloom 1970).
///
/// It never forgets one, and takes about one of ten million for named that is not when three million are, one of a
/// hundred when thirty million are. Each filter spreads them anew: what one sweep keeps by mistake the next does not.
struct BlobFilter {
  /// 32 MiB.
  private static let wordBits = 22
  private static let marks: UInt64 = 6

  private var words = [UInt64](repeating: 0, count: 1 << Self.wordBits)
  private let salt = UInt64.random(in: .min ... .max)

  /// Remembers a blob.
  mutating func insert(_ blob: BlobID) {
    let (start, step) = places(blob)
    for mark in 0..<Self.marks {
      let (word, bit) = Self.split(start &+ mark &* step)
      words[word] |= bit
    }
  }

  /// Whether a blob may have been inserted; true of every one that was.
  func mayContain(_ blob: BlobID) -> Bool {
    let (start, step) = places(blob)
    return (0..<Self.marks).allSatisfy { mark in
      let (word, bit) = Self.split(start &+ mark &* step)
      return words[word] & bit != 0
    }
  }

  private func places(_ blob: BlobID) -> (start: UInt64, step: UInt64) {
    let (first, second) = blob.leadingWords
    return (Self.mixed(first ^ salt), Self.mixed(second ^ salt) | 1)
  }

  private static func split(_ place: UInt64) -> (word: Int, bit: UInt64) {
    (Int(truncatingIfNeeded: place >> 6) & (1 << wordBits - 1), 1 << (place & 63))
  }

  /// The last step of splitmix64 (Steele, Lea, Flood 2014).
  private static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
