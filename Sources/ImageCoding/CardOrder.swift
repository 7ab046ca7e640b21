/// What stands on the picture of a page that previews elsewhere show: 1200 by 630 pixels, as Open Graph likes it.
package struct CardOrder: Sendable, Equatable {
  package static let width = 1200
  package static let height = 630
  /// The longest text, in characters.
  package static let textLimit = 160

  /// The page's title and the site's name: one line of text each, as they were typed.
  package let title: String
  package let site: String
  /// `#rrggbb`.
  package let ground: String
  package let ink: String
  package let accent: String
  /// A picture that was written anew before; nil: none.
  package let picture: [UInt8]?

  package init(title: String, site: String, ground: String, ink: String, accent: String, picture: [UInt8]?) {
    self.title = title
    self.site = site
    self.ground = ground
    self.ink = ink
    self.accent = accent
    self.picture = picture
  }
}

/// How an order goes to the encoder: a line each, then the picture.
/// ```
/// smartpages-card 1
/// title
/// site
/// ground ink accent
/// ```
extension CardOrder {
  private static let header = "smartpages-card 1"
  private static let lines = 4
  private static let lineBytes = 4096

  package var encoded: [UInt8] {
    let head = [Self.header, Self.line(title), Self.line(site), "\(ground) \(ink) \(accent)"]
    return Array((head.joined(separator: "\n") + "\n").utf8) + (picture ?? [])
  }

  /// - Returns: nil for anything that ``encoded`` does not write.
  package init?(encoded bytes: [UInt8]) {
    guard let (lines, rest) = Self.split(bytes, lines: Self.lines) else { return nil }
    let colors = lines[3].split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard lines[0] == Self.header, colors.count == 3, colors.allSatisfy(Self.isColor) else { return nil }
    self.init(
      title: lines[1], site: lines[2], ground: colors[0], ink: colors[1], accent: colors[2],
      picture: rest.isEmpty ? nil : Array(rest))
  }

  /// The lines at the beginning of an order, and what follows; nil when there are fewer, or very long ones.
  static func split(_ bytes: [UInt8], lines count: Int) -> (lines: [String], rest: ArraySlice<UInt8>)? {
    var rest = bytes[...]
    var lines: [String] = []
    for _ in 0..<count {
      guard let end = rest.prefix(lineBytes).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      lines.append(String(decoding: rest[rest.startIndex..<end], as: UTF8.self))
      rest = rest[rest.index(after: end)...]
    }
    return (lines, rest)
  }

  static func isColor(_ text: String) -> Bool {
    text.utf8.count == 7 && text.hasPrefix("#") && text.dropFirst().allSatisfy { $0.isHexDigit && $0.isASCII }
  }

  /// One line that fonts can draw: no line breaks, nothing invisible, and no emoji, which few fonts on servers have.
  static func line(_ text: String) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let properties = scalar.properties
      switch properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator: shown.append(" ")
      case .format, .surrogate, .privateUse, .unassigned: continue
      default: if !properties.isEmojiPresentation, !properties.isVariationSelector { shown.append(scalar) }
      }
    }
    let words = String(shown).split(separator: " ").joined(separator: " ")
    return String(words.prefix(textLimit))
  }
}
