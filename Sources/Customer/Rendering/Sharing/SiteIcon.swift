import Bucket
import ImageCoding

/// A site's picture on home screens: its owner's, or the letters that stand for it, in the colours of the theme.
struct SiteIcon: Sendable, Equatable {
  /// The size that iOS puts on home screens, in pixels.
  static let touchSide = 180

  let letters: String
  let ground: String
  let ink: String
  let picture: SiteImage.Variant?

  init(_ context: SiteContext) {
    letters = Initials(context.ownerName).text
    ground = context.look.primary.accent.text
    ink = context.look.primary.onAccent.text
    picture = context.content.profile.picture.flatMap { context.content.images[$0] }.flatMap(ShareCard.middle)
  }

  /// All that is drawn in one size, in 64 hexadecimal digits; the number changes when icons are drawn in another way.
  ///
  /// - Parameter side: in pixels, one of ``IconOrder/sides``.
  func key(_ side: Int) -> String {
    let parts = ["icon 1", "\(side)", letters, ground, ink, picture?.blob ?? ""]
    return BlobID(of: Array(parts.joined(separator: "\u{0}").utf8)).description
  }
}

/// A picture that is drawn for a site.
enum SiteDrawing {
  case card(ShareCard)
  case icon(SiteIcon, side: Int)
}

extension SiteContent {
  /// The icons, and the cards of all pages in all languages, by key.
  var drawings: [String: SiteDrawing] {
    var drawings: [String: SiteDrawing] = [:]
    let contexts = SiteContext.all(self)
    for context in contexts {
      for page in context.content.pages {
        let card = ShareCard(page, context)
        drawings[card.key] = .card(card)
      }
    }
    let icon = SiteIcon(contexts[0])
    for side in IconOrder.sides { drawings[icon.key(side)] = .icon(icon, side: side) }
    return drawings
  }
}
