/// The title of a page of somebody else's, for showing as plain text.
enum PageTitle {
  private static let longest = 200

  /// - Parameter body: HTML, perhaps in another encoding; only its beginning is looked at.
  /// - Returns: nil when there is none.
  static func find(_ body: [UInt8]) -> String? {
    let text = String(decoding: body.prefix(64 << 10), as: UTF8.self)
    // Case is folded by ASCII alone, so that both texts have the same places.
    let folded = Array(text.utf8).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    guard let open = index(of: "<title", in: folded, from: 0),
      let start = folded[open...].firstIndex(of: UInt8(ascii: ">")),
      let end = index(of: "</title", in: folded, from: start)
    else { return nil }
    let title = String(decoding: Array(text.utf8)[(start + 1)..<end], as: UTF8.self)
    let words = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let shown = String.UnicodeScalarView(words.unicodeScalars.filter { $0.value >= 0x20 }.prefix(longest))
    return shown.isEmpty ? nil : String(shown)
  }

  private static func index(of needle: StaticString, in bytes: [UInt8], from start: Int) -> Int? {
    let wanted = Array("\(needle)".utf8)
    guard bytes.count - start >= wanted.count else { return nil }
    return (start...(bytes.count - wanted.count)).first { bytes[$0..<($0 + wanted.count)].elementsEqual(wanted) }
  }
}
