import HTTP

/// The frame around each page's content: head, header, footer.
struct PageLayout {
  let context: SiteContext
  /// The ways to all pages, made once: each page has them all.
  private let ways: [HTML]
  private let places: [SitePath: Int]

  init(context: SiteContext) {
    self.context = context
    let pages = context.content.pages
    ways = pages.map { Self.item(.page($0.slug), context.label(of: $0), isCurrent: false) }
    places = Dictionary(pages.enumerated().map { (.page($1.slug), $0) }) { first, _ in first }
  }

  /// What one page puts into the frame.
  struct Entry {
    let path: SitePath
    /// The page's own title; empty on the home page, which is called like the site.
    var title = ""
    var description = ""
    /// Whether search engines may list it, under its canonical address.
    var isListed = false
    let main: HTML
  }

  func document(_ entry: Entry) -> [UInt8] {
    let site = context.content.site
    let document: HTML = """
      <!DOCTYPE html>
      <html\(.language, site.language.rawValue)>
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      \(head(entry))<meta name="color-scheme" content="light dark">
      <meta name="theme-color"\(.content, DefaultTheme.groundLight) media="(prefers-color-scheme: light)">
      <meta name="theme-color"\(.content, DefaultTheme.groundDark) media="(prefers-color-scheme: dark)">
      <meta name="format-detection" content="telephone=no">
      <link rel="icon" type="image/svg+xml"\(href: .favicon)>
      <style>\(DefaultTheme.stylesheet)</style>
      </head>
      <body>
      \(header(entry))\(entry.main)\(footer(entry))</body>
      </html>

      """
    return document.bytes
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
    guard entry.isListed else {
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
      <meta name="twitter:card" content="summary">

      """
    if !entry.description.isBlank { output += "<meta property=\"og:description\"\(.content, entry.description)>\n" }
    return output
  }

  /// The way to the other pages. A site of one page needs none on it.
  private func header(_ entry: Entry) -> HTML {
    let pages = context.content.pages
    guard pages.count > 1 || entry.path != .home else { return HTML() }
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
      <a class="brand"\(href: .home)>\(text: brand)</a>
      \(navigation)</header>

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
