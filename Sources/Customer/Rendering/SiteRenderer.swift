package import HTTP

/// Makes the files of a site from its content: no clock, no database, no network. Same content, same bytes.
package enum SiteRenderer {
  /// - Parameter instant: the moment of publishing, told to search engines.
  package static func render(_ content: SiteContent, at instant: Instant) -> RenderedSite {
    let layouts = SiteContext.all(content).map { PageLayout(context: $0) }
    let layout = layouts[0]
    let context = layout.context
    var files = layouts.flatMap { layout in layout.context.content.pages.map { page(layout, $0) } }
    files += layouts.flatMap { legalPages($0) }
    files += layouts.map { notFound($0) }
    files += SiteFiles(contexts: layouts.map(\.context)).files(at: instant)
    files += (context.look.font?.files ?? []).map {
      RenderedFile(path: $0.path.text, mediaType: "font/woff2", bytes: $0.bytes, caching: .immutable)
    }
    return RenderedSite(
      files: files, media: media(content), redirects: redirects(files, content.redirects),
      shortLinks: content.shortLinks,
      notFoundPath: SitePath.notFound.text, contentSecurityPolicy: PagePolicy(context).text)
  }

  private static func page(_ layout: PageLayout, _ page: Page) -> RenderedFile {
    let context = layout.context
    let title = page.slug == .home ? "" : context.label(of: page)
    return html(
      layout,
      PageLayout.Entry(
        path: context.path(of: page), translations: context.translations.all(of: page), title: title,
        description: context.description(of: page), page: page,
        card: context.content.cards[ShareCard(page, context).key], main: PageBody.render(page, context)))
  }

  private static func legalPages(_ layout: PageLayout) -> [RenderedFile] {
    let context = layout.context
    guard context.hasLegalPages else { return [] }
    let legal = LegalPages(context: context)
    var files: [RenderedFile] = []
    if let path = context.imprintPath, let main = legal.imprint() {
      files.append(html(layout, PageLayout.Entry(path: path, title: context.words.imprint, main: main)))
    }
    if let path = context.privacyPath, let main = legal.privacy() {
      files.append(html(layout, PageLayout.Entry(path: path, title: context.words.privacy, main: main)))
    }
    return files
  }

  /// In each language, below the folder of its pages: the nearest one is shown.
  private static func notFound(_ layout: PageLayout) -> RenderedFile {
    let words = layout.context.words
    let main: HTML = """
      <main id="content" class="flow lost">
      <p class="code">404</p>
      <h1>\(text: words.notFound)</h1>
      <p>\(text: words.notFoundText)</p>
      <p class="button"><a\(href: layout.context.home)>\(text: words.backHome)</a></p>
      </main>

      """
    return html(layout, PageLayout.Entry(path: layout.context.notFoundPath, title: words.notFound, main: main))
  }

  private static func html(_ layout: PageLayout, _ entry: PageLayout.Entry) -> RenderedFile {
    RenderedFile(
      path: entry.path.text, mediaType: "text/html; charset=utf-8", bytes: layout.document(entry), caching: .revalidate)
  }

  /// The forms of the pictures that pages may name.
  private static func media(_ content: SiteContent) -> [RenderedSite.Medium] {
    var media: [SitePath: RenderedSite.Medium] = [:]
    for variant in content.images.values.flatMap(\.variants) + content.cards.values {
      media[variant.path] = RenderedSite.Medium(
        path: variant.path.text, blob: variant.blob, size: variant.size, mediaType: variant.format.mediaType)
    }
    return media.values.sorted { $0.path < $1.path }
  }

  /// `/about` leads to `/about/` for good, browsers that ask for an icon by its old name get the one there is, and what
  /// the owner wants holds where none of the site's own stands.
  private static func redirects(_ files: [RenderedFile], _ wanted: [SiteRedirect]) -> [RenderedSite.Redirect] {
    let paths = Set(files.map(\.path))
    let folders = paths.filter { $0.count > 1 && $0.hasSuffix("/") }
    var redirects = [
      "/favicon.ico": RenderedSite.Redirect(from: "/favicon.ico", to: SitePath.favicon.text, status: 308)
    ]
    for redirect in wanted where !paths.contains(redirect.from) && !SiteRedirect.isWellKnown(redirect.from) {
      redirects[redirect.from] = RenderedSite.Redirect(from: redirect.from, to: redirect.to, status: redirect.status)
    }
    for folder in folders {
      let from = String(folder.dropLast())
      redirects[from] = RenderedSite.Redirect(from: from, to: folder, status: 308)
    }
    return redirects.values.sorted { $0.from < $1.from }
  }
}
