import HTTP

/// What every page of one site in one language shares, worked out once.
struct SiteContext {
  /// The site in all its languages.
  let site: SiteContent
  /// The site as it is in this language: its pages only.
  let content: SiteContent
  let language: SiteLanguage
  let words: Words
  let blockWords: BlockWords
  /// Where the legal pages are, in this language or the nearest that they are written in.
  let imprintPath: SitePath?
  let privacyPath: SitePath?
  let look: Look
  /// One for all pages, because the policy that admits it is the site's.
  let stylesheet: Stylesheet
  let translations: Translations
  let links: LinkList
  /// The language in addresses; nil for the site's own.
  private let prefix: SiteLanguage?

  /// The site in each language that it has pages in, its own first.
  static func all(_ site: SiteContent) -> [SiteContext] {
    let translations = Translations(site)
    let look = Look(site.site.design)
    let stylesheet = Stylesheet(look, blocks: Set(site.pages.flatMap { $0.blocks.map(\.kind) }))
    let links = LinkList(site.links, isExport: site.site.isExport)
    return translations.languages.map { SiteContext(site, $0, translations, look, stylesheet, links) }
  }

  private init(
    _ site: SiteContent, _ language: SiteLanguage, _ translations: Translations, _ look: Look,
    _ stylesheet: Stylesheet, _ links: LinkList
  ) {
    let own = translations.languages[0]
    self.site = site
    var content = site
    content.pages = site.pages.filter { ($0.language ?? own) == language }
    self.content = content
    self.language = language
    self.translations = translations
    self.look = look
    self.stylesheet = stylesheet
    self.links = links
    words = Words(language)
    blockWords = BlockWords(language)
    prefix = language == own ? nil : language
    let legal = [language, .english].first { $0.ofLegalTexts != nil && translations.languages.contains($0) } ?? own
    let spoken = legal.ofLegalTexts ?? site.site.language
    let place = legal == own ? nil : legal
    imprintPath = site.imprint?.isComplete == true ? .imprint(spoken, in: place) : nil
    privacyPath = site.privacy?.isComplete == true ? .privacy(spoken, in: place) : nil
  }

  /// Whether the legal pages are written in this language, and so stand among its pages.
  var hasLegalPages: Bool { language.ofLegalTexts != nil }

  /// Where the site begins in this language.
  var home: SitePath { translations.start(language) }

  var notFoundPath: SitePath { .notFound(in: prefix) }

  func path(of page: Page) -> SitePath {
    .page(page.slug, in: prefix)
  }

  /// The site's name; its owner's when it has none.
  var title: String {
    content.site.title.isBlank ? content.profile.name : content.site.title
  }

  /// The owner's name; the site's when there is none.
  var ownerName: String {
    content.profile.name.isBlank ? content.site.title : content.profile.name
  }

  /// What a page is called where it is linked from.
  func label(of page: Page) -> String {
    if page.slug == .home { return words.home }
    return page.title.isBlank ? page.slug.text : page.title
  }

  /// What a page tells of itself to search engines and previews.
  func description(of page: Page) -> String {
    let fallbacks = [page.description, content.site.description, content.profile.headline]
    return fallbacks.first { !$0.isBlank } ?? ""
  }
}
