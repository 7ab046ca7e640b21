import HTTP
import Services

/// Which pages of a site say the same in other languages.
struct Translations {
  /// A page with its language and address.
  struct Entry {
    let language: SiteLanguage
    let path: SitePath
  }

  /// The site's own language first, then the others that have pages.
  let languages: [SiteLanguage]
  private let groups: [String: [Entry]]
  private let starts: [SiteLanguage: SitePath]

  init(_ content: SiteContent) {
    let own = SiteLanguage(content.site.language)
    let others = Set(content.pages.compactMap(\.language)).subtracting([own])
    languages = [own] + SiteLanguage.allCases.filter { others.contains($0) }
    var groups: [String: [Entry]] = [:]
    var starts: [SiteLanguage: SitePath] = [:]
    for language in languages {
      for page in content.pages where (page.language ?? own) == language {
        let path = SitePath.page(page.slug, in: language == own ? nil : language)
        groups[Self.group(of: page), default: []].append(Entry(language: language, path: path))
        if page.slug == .home || starts[language] == nil { starts[language] = path }
      }
    }
    self.groups = groups
    self.starts = starts
  }

  /// The page itself and its translations, in the order of ``languages``.
  func all(of page: Page) -> [Entry] {
    groups[Self.group(of: page)] ?? []
  }

  /// Where a language begins: its home page, or else its first page.
  func start(_ language: SiteLanguage) -> SitePath {
    starts[language] ?? .home
  }

  /// What a page and its translations have in common. Home pages belong together without being told.
  private static func group(of page: Page) -> String {
    if page.slug == .home { return "home" }
    // A page without an id stands for itself, by its place.
    return (page.translationOf ?? page.id)?.text ?? "\(page.language?.rawValue ?? "")/\(page.slug.text)"
  }
}
