import Crypto
import HTTP

/// An address within a site, from the root, so that it holds at any depth.
struct SitePath: Hashable {
  let text: String

  private init(text: String) {
    self.text = text
  }

  static let home = SitePath(text: "/")
  static let notFound = SitePath(text: "/404.html")
  static let favicon = SitePath(text: "/favicon.svg")

  static func page(_ slug: PageSlug) -> SitePath {
    slug == .home ? .home : SitePath(text: "/\(slug.text)/")
  }

  /// - Parameters:
  ///   - blob: 64 hexadecimal digits, of which half are enough to tell two files apart.
  ///   - suffix: with its dot.
  static func medium(blob: String, suffix: StaticString) -> SitePath {
    SitePath(text: "/media/\(blob.prefix(32))\(suffix)")
  }

  static func imprint(_ language: Language) -> SitePath {
    SitePath(text: language == .german ? "/impressum/" : "/imprint/")
  }

  static func privacy(_ language: Language) -> SitePath {
    SitePath(text: language == .german ? "/datenschutz/" : "/privacy/")
  }

  /// What may be kept for good, because its name is made of the digest of its content.
  static func media(_ digest: SHA256.Digest, _ kind: MediaKind) -> SitePath {
    let digits = digest.prefix(16).flatMap { byte -> [UInt8] in
      [byte >> 4, byte & 15].map { $0 < 10 ? 0x30 + $0 : 0x57 + $0 }
    }
    return SitePath(text: "/media/\(String(decoding: digits, as: UTF8.self)).\(kind.rawValue)")
  }

  enum MediaKind: String {
    case woff2
  }

  /// The same place at the site's own host, for search engines and previews.
  func canonical(_ origin: String) -> SitePath {
    SitePath(text: origin + text)
  }
}
