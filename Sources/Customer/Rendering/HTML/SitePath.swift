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
  static let card = SitePath(text: "/contact.vcf")
  static let manifest = SitePath(text: "/site.webmanifest")
  static let robots = SitePath(text: "/robots.txt")
  static let sitemap = SitePath(text: "/sitemap.xml")
  static let security = SitePath(text: "/.well-known/security.txt")

  static func notFound(in language: SiteLanguage?) -> SitePath {
    SitePath(text: prefix(language) + "404.html")
  }

  /// - Parameter language: nil for the site's own, which stands at the root.
  static func page(_ slug: PageSlug, in language: SiteLanguage? = nil) -> SitePath {
    SitePath(text: prefix(language) + (slug == .home ? "" : "\(slug.text)/"))
  }

  private static func prefix(_ language: SiteLanguage?) -> String {
    language.map { "/\($0.rawValue)/" } ?? "/"
  }

  static func short(_ code: ShortCode) -> SitePath {
    SitePath(text: "/l/\(code.text)")
  }

  /// - Parameters:
  ///   - blob: 64 hexadecimal digits, of which half are enough to tell two files apart.
  ///   - suffix: with its dot.
  static func medium(blob: String, suffix: StaticString) -> SitePath {
    SitePath(text: "/media/\(blob.prefix(32))\(suffix)")
  }

  static func imprint(_ language: Language, in prefix: SiteLanguage? = nil) -> SitePath {
    SitePath(text: Self.prefix(prefix) + (language == .german ? "impressum/" : "imprint/"))
  }

  static func privacy(_ language: Language, in prefix: SiteLanguage? = nil) -> SitePath {
    SitePath(text: Self.prefix(prefix) + (language == .german ? "datenschutz/" : "privacy/"))
  }

  /// The same place at the site's own host, for search engines and previews.
  func canonical(_ origin: String) -> SitePath {
    SitePath(text: origin + text)
  }
}
