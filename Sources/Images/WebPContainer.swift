/// A WebP file as its chunks (RFC 9649, section 2.5). The library adds an EXIF chunk of its own even when it is told to
/// write no metadata (libvips 8.14).
enum WebPContainer {
  private static let extended = Array("VP8X".utf8)
  private static let alpha = Array("ALPH".utf8)
  private static let metadata = ["EXIF", "XMP ", "ICCP"].map { Array($0.utf8) }
  /// The bits of the extended header that announce EXIF, XMP and a colour profile.
  private static let metadataFlags: UInt8 = 0b0010_1100

  /// The file without metadata; nil when it is no WebP.
  static func withoutMetadata(_ file: [UInt8]) -> [UInt8]? {
    guard file.count >= 12 else { return nil }
    var kept: [ArraySlice<UInt8>] = []
    var place = 12
    while place + 8 <= file.count {
      let size = (0..<4).reduce(0) { $0 | Int(file[place + 4 + $1]) << (8 * $1) }
      let end = place + 8 + size + size % 2
      guard end <= file.count else { return nil }
      if !metadata.contains(Array(file[place..<place + 4])) { kept.append(file[place..<end]) }
      place = end
    }
    // Without alpha and metadata there is nothing left to announce.
    if !kept.contains(where: { $0.starts(with: alpha) }) { kept.removeAll { $0.starts(with: extended) } }
    var chunks: [UInt8] = []
    for chunk in kept {
      var chunk = Array(chunk)
      if chunk.starts(with: extended), chunk.count > 8 { chunk[8] &= ~metadataFlags }
      chunks += chunk
    }
    let size = (0..<4).map { UInt8(truncatingIfNeeded: (chunks.count + 4) >> (8 * $0)) }
    return Array("RIFF".utf8) + size + Array("WEBP".utf8) + chunks
  }
}
