import Services

extension PageBody {
  /// An address, with a link to a map of OpenStreetMap's: nothing is loaded from there until it is followed.
  mutating func address(_ block: AddressBlock) -> HTML {
    let words = context.blockWords
    let title = block.heading.flatMap { $0.isBlank ? nil : $0 } ?? context.words.address
    let map = block.hasMap ? Self.map(of: block.address) : nil
    let link: HTML = map.map { "<p class=\"more\"><a\(href: $0)>\(text: words.showOnMap)</a></p>\n" } ?? HTML()
    return """
      <section class="place">
      \(outline.heading(2, "\(text: title)"))<address>\(HTML.brokenLines(block.address.lines))</address>
      \(link)</section>

      """
  }

  private static func map(of address: PostalAddress) -> WebLink? {
    var query = ""
    for byte in address.lines.joined(separator: ", ").utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."):
        query += String(UnicodeScalar(byte))
      default: query += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
    return WebLink("https://www.openstreetmap.org/search?query=\(query)")
  }
}
