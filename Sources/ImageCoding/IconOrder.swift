/// A site's picture on home screens: square, in one size.
package struct IconOrder: Sendable, Equatable {
  /// In pixels: as iOS likes it, and as web app manifests want it.
  package static let sides = [180, 192, 512]

  package let side: Int
  /// One or two letters, drawn where there is no picture.
  package let letters: String
  /// `#rrggbb`.
  package let ground: String
  package let ink: String
  /// A picture that was written anew before; nil: none.
  package let picture: [UInt8]?

  package init(side: Int, letters: String, ground: String, ink: String, picture: [UInt8]?) {
    self.side = side
    self.letters = letters
    self.ground = ground
    self.ink = ink
    self.picture = picture
  }
}

/// How an order goes to the encoder: a line each, then the picture.
/// ```
/// smartpages-icon 1
/// side letters
/// ground ink
/// ```
extension IconOrder {
  private static let header = "smartpages-icon 1"

  package var encoded: [UInt8] {
    let head = [Self.header, "\(side) \(CardOrder.line(letters))", "\(ground) \(ink)"]
    return Array((head.joined(separator: "\n") + "\n").utf8) + (picture ?? [])
  }

  /// - Returns: nil for anything that ``encoded`` does not write.
  package init?(encoded bytes: [UInt8]) {
    guard let (lines, rest) = CardOrder.split(bytes, lines: 3), lines[0] == Self.header else { return nil }
    let what = lines[1].split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    let colors = lines[2].split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard what.count == 2, let side = Int(what[0]), Self.sides.contains(side), colors.count == 2,
      colors.allSatisfy(CardOrder.isColor)
    else { return nil }
    self.init(
      side: side, letters: String(what[1]), ground: colors[0], ink: colors[1],
      picture: rest.isEmpty ? nil : Array(rest))
  }
}
