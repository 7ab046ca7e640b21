/// A request's path as a key into a site's manifest.
///
/// Manifests are tables, so nothing here can climb out of a folder; what is refused is what no published path has,
/// so that no two spellings of a path are answered.
enum SitePath {
  /// The decoded path; nil for broken percent-encoding, encoded slashes, control characters, backslashes, empty, `.` or
  /// `..` segments, and text that is not UTF-8. No path at all, as in `GET http://host`, is the root.
  static func decode(_ path: Substring) -> String? {
    if path.isEmpty { return "/" }
    guard path.utf8.first == UInt8(ascii: "/"), path.utf8.count <= 2048 else { return nil }
    if path.utf8.allSatisfy({ isPlain($0) }), !path.contains("//") { return String(path) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(path.utf8.count)
    var iterator = path.utf8.makeIterator()
    while let byte = iterator.next() {
      if byte == UInt8(ascii: "%") {
        guard let high = iterator.next().flatMap(digit), let low = iterator.next().flatMap(digit) else { return nil }
        let decoded = high << 4 | low
        guard decoded != UInt8(ascii: "/") else { return nil }
        bytes.append(decoded)
      } else {
        bytes.append(byte)
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self),
      !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") })
    else { return nil }
    let segments = text.split(separator: "/", omittingEmptySubsequences: false)
    guard !segments.contains("."), !segments.contains(".."), !segments.dropFirst().dropLast().contains("") else {
      return nil
    }
    return text
  }

  /// Bytes that need no decoding and can be no part of a dot segment.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"):
      true
    default: false
    }
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
