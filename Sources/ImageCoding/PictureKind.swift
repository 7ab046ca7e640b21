/// The kinds of pictures that are taken, told by their first bytes. What a name or a header says of them counts nothing.
package enum PictureKind: String, Sendable, CaseIterable {
  case jpeg, png, webp, avif, heic

  /// How many of a file's first bytes tell its kind.
  package static let headBytes = 512

  /// What the beginning of a file says.
  package enum Recognition: Sendable, Equatable {
    case picture(PictureKind)
    /// Something that people do send, by its usual name, and that is not taken: `SVG`.
    case refused(String)
    /// Nothing that is known here.
    case unknown
  }

  /// Tells the kind of a file from its first ``headBytes`` bytes, or fewer if it is shorter.
  package static func recognize(_ head: some Collection<UInt8>) -> Recognition {
    let bytes = Array(head.prefix(headBytes))
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .picture(.jpeg) }
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .picture(.png) }
    if bytes.has("RIFF", at: 0), bytes.has("WEBP", at: 8) { return .picture(.webp) }
    if bytes.has("ftyp", at: 4) { return heif(bytes) }
    if let other = refused.first(where: { bytes.starts(with: $0.start) }) { return .refused(other.name) }
    return isSVG(bytes) ? .refused("SVG") : .unknown
  }

  /// ISO base media: the brands stand in the first box, four bytes each (ISO/IEC 14496-12, section 4.3; 23008-12,
  /// section 10; AV1 Image File Format, section 6).
  private static func heif(_ bytes: [UInt8]) -> Recognition {
    let size = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    let places = stride(from: 8, to: min(max(size, 12), bytes.count) - 3, by: 4).filter { $0 != 12 }
    let brands = places.map { String(decoding: bytes[$0..<$0 + 4], as: UTF8.self) }
    if brands.contains("avif") || brands.contains("avis") { return .picture(.avif) }
    let isPicture = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"].contains { brands.contains($0) }
    return isPicture ? .picture(.heic) : .refused("MP4")
  }

  private static let refused: [(name: String, start: [UInt8])] = [
    ("GIF", Array("GIF8".utf8)), ("PDF", Array("%PDF".utf8)), ("BMP", Array("BM".utf8)),
    ("TIFF", [0x49, 0x49, 0x2A, 0]), ("TIFF", [0x4D, 0x4D, 0, 0x2A]), ("PSD", Array("8BPS".utf8)),
    ("ICO", [0, 0, 1, 0]), ("JPEG XL", [0xFF, 0x0A]), ("JPEG XL", [0, 0, 0, 0x0C, 0x4A, 0x58, 0x4C, 0x20]),
    ("JPEG 2000", [0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20]), ("ZIP", [0x50, 0x4B, 3, 4]),
  ]

  private static func isSVG(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes, as: UTF8.self).lowercased().contains("<svg")
  }
}

extension [UInt8] {
  /// Whether a text stands at a place.
  fileprivate func has(_ text: String, at place: Int) -> Bool {
    count >= place + text.utf8.count && self[place..<place + text.utf8.count].elementsEqual(text.utf8)
  }
}
