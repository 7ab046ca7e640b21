import HTTP

/// The frame around each page's content: head, header, footer.
struct PageLayout {
  let context: SiteContext
  /// The ways to all pages, made once: each page has them all.
  private let ways: [HTML]
  private let places: [SitePath: Int]
  /// For home screens of phones that do not take the manifest's; nil: not drawn yet.
  private let touchIcon: SitePath?

  init(context: SiteContext) {
    self.context = context
    touchIcon = context.content.cards[SiteIcon(context).key(SiteIcon.touchSide)]?.path
    let pages = context.content.pages
    ways = pages.map { Self.item(context.path(of: $0), context.label(of: $0), isCurrent: false) }
    places = Dictionary(pages.enumerated().map { (context.path(of: $1), $0) }) { first, _ in first }
  }

  /// What one page puts into the frame.
  struct Entry {
    let path: SitePath
    /// The page and its translations.
    var translations: [Translations.Entry] = []
    /// The page's own title; empty on the home page, which is called like the site.
    var title = ""
    var description = ""
    /// The customer's page that it is; search engines may list it, under its canonical address.
    var page: Page?
    /// The picture for previews elsewhere; nil: not drawn yet.
    var card: SiteImage.Variant?
    let main: HTML
  }

  func document(_ entry: Entry) -> [UInt8] {
    let document: HTML = """
      <!DOCTYPE html>
      <html\(.language, context.language.rawValue)>
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      \(head(entry))\(colors)<meta name="format-detection" content="telephone=no">
      <link rel="icon" type="image/svg+xml"\(href: .favicon)>
      \(touchIcon.map { "<link rel=\"apple-touch-icon\"\(href: $0)>\n" as HTML } ?? HTML())\
      <link rel="manifest"\(href: .manifest)>
      <style>\(context.stylesheet)</style>
      </head>
      <body>
      \(header(entry))\(entry.main)\(footer(entry))\(script(entry))</body>
      </html>

      """
    return document.bytes
  }

  /// What the browser paints around the page, before it has read the style sheet too.
  private var colors: HTML {
    let look = context.look
    var output: HTML = "<meta name=\"color-scheme\"\(.content, look.colorScheme.description)>\n"
    let schemes: [(Palette?, HTML)] = [
      (look.light, " media=\"(prefers-color-scheme: light)\""), (look.dark, " media=\"(prefers-color-scheme: dark)\""),
    ]
    let isBoth = look.light != nil && look.dark != nil
    for (palette, media) in schemes {
      guard let palette else { continue }
      output += "<meta name=\"theme-color\"\(.content, palette.ground.text)\(isBoth ? media : HTML())>\n"
    }
    return output
  }

  private func head(_ entry: Entry) -> HTML {
    let title = [entry.title, context.title].filter { !$0.isBlank }.joined(separator: " – ")
    var output: HTML = "<title>\(text: title.isEmpty ? context.content.site.origin : title)</title>\n"
    if !entry.description.isBlank { output += "<meta name=\"description\"\(.content, entry.description)>\n" }
    guard !context.content.site.isPreview else {
      output += "<meta name=\"robots\" content=\"noindex, nofollow\">\n"
      output += "<meta name=\"referrer\" content=\"no-referrer\">\n"
      return output
    }
    guard let page = entry.page else {
      output += "<meta name=\"robots\" content=\"noindex, follow\">\n"
      return output
    }
    let address = entry.path.canonical(context.content.site.origin)
    output += """
      <link rel="canonical"\(href: address)>
      <meta property="og:type" content="website">
      <meta property="og:title"\(.content, entry.title.isBlank ? context.title : entry.title)>
      <meta property="og:url"\(.content, address.text)>
      <meta property="og:site_name"\(.content, context.title)>
      <meta property="og:locale"\(.content, context.words.openGraphLocale)>
      \(card(entry))
      """
    if !entry.description.isBlank { output += "<meta property=\"og:description\"\(.content, entry.description)>\n" }
    output += StructuredData(context: context, page: page).html
    return output + alternates(entry)
  }

  /// The picture that stands for the page elsewhere (Open Graph; X's cards).
  private func card(_ entry: Entry) -> HTML {
    guard let card = entry.card else { return "<meta name=\"twitter:card\" content=\"summary\">\n" }
    let title = entry.title.isBlank ? context.title : entry.title
    return """
      <meta property="og:image"\(.content, card.path.canonical(context.content.site.origin).text)>
      <meta property="og:image:type"\(.content, card.format.mediaType)>
      <meta property="og:image:width"\(.content, "\(card.width)")>
      <meta property="og:image:height"\(.content, "\(card.height)")>
      <meta property="og:image:alt"\(.content, title)>
      <meta name="twitter:card" content="summary_large_image">

      """
  }

  /// Tells search engines which pages say the same in other languages; the site's own is for everybody else.
  private func alternates(_ entry: Entry) -> HTML {
    guard entry.translations.count > 1 else { return HTML() }
    let origin = context.content.site.origin
    var output = HTML()
    for translation in entry.translations {
      output += """
        <link rel="alternate"\(.hreflang, translation.language.rawValue)\(href: translation.path.canonical(origin))>

        """
    }
    if let own = entry.translations.first, own.language == context.translations.languages[0] {
      output += "<link rel=\"alternate\" hreflang=\"x-default\"\(href: own.path.canonical(origin))>\n"
    }
    return output
  }

  /// The same page in the site's other languages, or where these begin.
  private func switcher(_ entry: Entry) -> HTML {
    let languages = context.translations.languages
    guard languages.count > 1 else { return HTML() }
    let items = languages.map { language -> HTML in
      let path = entry.translations.first { $0.language == language }?.path ?? context.translations.start(language)
      let current: HTML = language == context.language ? " aria-current=\"true\"" : ""
      let code = language.rawValue
      return """
        <li><a\(href: path)\(.hreflang, code)\(.language, code)\(current)>\(text: language.nativeName)</a></li>

        """
    }
    return "<nav class=\"languages\"\(.label, context.words.languages)><ul>\n\(items)</ul></nav>\n"
  }

  /// The page's script, where something waits for consent.
  private func script(_ entry: Entry) -> HTML {
    let isNeeded = entry.page?.blocks.contains { $0.kind == .embed } ?? false
    return isNeeded ? EmbedScript().html : HTML()
  }

  /// The way to the other pages. A site of one page needs none on it.
  private func header(_ entry: Entry) -> HTML {
    let pages = context.content.pages
    let switcher = switcher(entry)
    guard pages.count > 1 || entry.path != context.home || !switcher.isEmpty else { return HTML() }
    var navigation = HTML()
    if pages.count > 1 {
      var items = ways
      if let place = places[entry.path] {
        items[place] = Self.item(entry.path, context.label(of: pages[place]), isCurrent: true)
      }
      navigation = "<nav\(.label, context.words.pages)><ul>\n\(items)</ul></nav>\n"
    }
    let brand = context.title.isBlank ? context.words.home : context.title
    return """
      <a class="skip" href="#content">\(text: context.words.skip)</a>
      <header class="top">
      <a class="brand"\(href: context.home)>\(text: brand)</a>
      \(navigation)\(switcher)</header>

      """
  }

  private func footer(_ entry: Entry) -> HTML {
    var items: [HTML] = []
    if let path = context.imprintPath {
      items.append(Self.item(path, context.words.imprint, isCurrent: path == entry.path))
    }
    if let path = context.privacyPath {
      items.append(Self.item(path, context.words.privacy, isCurrent: path == entry.path))
    }
    let name = context.ownerName
    let badge = context.content.site.badge
    guard !items.isEmpty || !name.isBlank || badge != nil else { return HTML() }
    let owner: HTML = name.isBlank ? "" : "<p>\(text: name)</p>\n"
    let legal: HTML =
      items.isEmpty ? "" : "<nav\(.label, context.words.legal)><ul>\n\(items)</ul></nav>\n"
    let made: HTML = badge.map { "<p><a\(href: $0)>\(text: context.words.madeWith)</a></p>\n" } ?? ""
    return "<footer class=\"foot\">\n\(owner)\(legal)\(made)</footer>\n"
  }

  private static func item(_ path: SitePath, _ label: String, isCurrent: Bool) -> HTML {
    let current: HTML = isCurrent ? " aria-current=\"page\"" : ""
    return "<li><a\(href: path)\(current)>\(text: label)</a></li>\n"
  }
}
