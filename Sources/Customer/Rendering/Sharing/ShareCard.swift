import Bucket
import HTTP
import Services

/// What stands on the picture by which a page is shown elsewhere: in chats, on social networks.
struct ShareCard: Sendable, Equatable {
  let title: String
  let site: String
  let palette: Palette
  /// The page's first picture; else the owner's.
  let picture: SiteImage.Variant?

  init(_ page: Page, _ context: SiteContext) {
    let label = page.slug == .home ? context.title : context.label(of: page)
    title = label.isBlank ? context.ownerName : label
    site = page.slug == .home ? context.ownerName : context.title
    palette = context.look.primary
    let named = page.blocks.lazy.compactMap { Self.firstImage(in: $0.json) }.first ?? context.content.profile.picture
    picture = named.flatMap { context.content.images[$0] }.flatMap(Self.middle)
  }

  /// All that is drawn, in 64 hexadecimal digits; the number changes when cards are drawn in another way.
  var key: String {
    let parts = [
      "1", title, site, palette.ground.text, palette.ink.text, palette.accent.text, picture?.blob ?? "",
    ]
    return BlobID(of: Array(parts.joined(separator: "\u{0}").utf8)).description
  }

  /// Blocks name pictures by members of one name, at whatever depth.
  private static func firstImage(in json: JSON) -> ImageID? {
    switch json {
    case .object(let members):
      members.lazy.compactMap { member in
        member.name == "image" ? member.value.stringValue.flatMap { ImageID($0) } : firstImage(in: member.value)
      }.first
    case .array(let items): items.lazy.compactMap { firstImage(in: $0) }.first
    default: nil
    }
  }

  /// Large enough for the card, and no larger.
  static func middle(_ image: SiteImage) -> SiteImage.Variant? {
    let modern = image.variants.filter { $0.format == .webp }
    return modern.first { $0.width >= 640 && $0.height >= 640 } ?? modern.last ?? image.variants.last
  }
}
