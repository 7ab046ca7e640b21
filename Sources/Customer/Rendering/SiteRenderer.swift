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
    files.append(notFound(layout))
    files.append(
      RenderedFile(
        path: SitePath.favicon.text, mediaType: "image/svg+xml",
        bytes: Initials(context.ownerName).favicon(context.look.primary).bytes,
        caching: .revalidate))
    files += content.site.isPreview ? [] : forRobots(layouts.map(\.context), instant)
    files += (context.look.font?.files ?? []).map {
      RenderedFile(path: $0.path.text, mediaType: "font/woff2", bytes: $0.bytes, caching: .immutable)
    }
    return RenderedSite(
      files: files, media: media(content), redirects: redirects(files), shortLinks: content.shortLinks,
      notFoundPath: SitePath.notFound.text, contentSecurityPolicy: context.stylesheet.contentSecurityPolicy)
  }

  /// What search engines ask for. A preview has none of it: each of its answers says that it is not to be listed, which
  /// they would not read if they were kept out.
  private static func forRobots(_ contexts: [SiteContext], _ instant: Instant) -> [RenderedFile] {
    let rules = "User-agent: *\nAllow: /\n\nSitemap: \(contexts[0].site.site.origin)/sitemap.xml\n"
    return [text("/robots.txt", rules), sitemap(contexts, instant)]
  }

  private static func page(_ layout: PageLayout, _ page: Page) -> RenderedFile {
    let context = layout.context
    let title = page.slug == .home ? "" : context.label(of: page)
    return html(
      layout,
      PageLayout.Entry(
        path: context.path(of: page), translations: context.translations.all(of: page), title: title,
        description: context.description(of: page), isListed: true, main: PageBody.render(page, context)))
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

  private static func notFound(_ layout: PageLayout) -> RenderedFile {
    let words = layout.context.words
    let main: HTML = """
      <main id="content" class="flow lost">
      <p class="code">404</p>
      <h1>\(text: words.notFound)</h1>
      <p>\(text: words.notFoundText)</p>
      <p class="button"><a\(href: .home)>\(text: words.backHome)</a></p>
      </main>

      """
    return html(layout, PageLayout.Entry(path: .notFound, title: words.notFound, main: main))
  }

  private static func html(_ layout: PageLayout, _ entry: PageLayout.Entry) -> RenderedFile {
    RenderedFile(
      path: entry.path.text, mediaType: "text/html; charset=utf-8", bytes: layout.document(entry), caching: .revalidate)
  }

  private static func text(_ path: String, _ text: String) -> RenderedFile {
    RenderedFile(path: path, mediaType: "text/plain; charset=utf-8", bytes: Array(text.utf8), caching: .revalidate)
  }

  /// The pages that search engines may list (sitemaps.org, protocol 0.9).
  private static func sitemap(_ contexts: [SiteContext], _ instant: Instant) -> RenderedFile {
    let entries = contexts.flatMap { context in
      context.content.pages.map { page -> HTML in
        let origin = context.content.site.origin
        let translations = context.translations.all(of: page)
        let others: [HTML] =
          translations.count < 2
          ? []
          : translations.map {
            """
            <xhtml:link rel="alternate"\(.hreflang, $0.language.rawValue)\(href: $0.path.canonical(origin))/>
            """
          }
        return """
          <url><loc>\(text: context.path(of: page).canonical(origin).text)</loc>\
          <lastmod>\(text: instant.rfc3339)</lastmod>\(others)</url>

          """
      }
    }
    let names: HTML = contexts.count > 1 ? " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"" : ""
    let document: HTML = """
      <?xml version="1.0" encoding="UTF-8"?>
      <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"\(names)>
      \(entries)</urlset>

      """
    return RenderedFile(
      path: "/sitemap.xml", mediaType: "application/xml", bytes: document.bytes, caching: .revalidate)
  }

  /// The forms of the pictures that pages may name.
  private static func media(_ content: SiteContent) -> [RenderedSite.Medium] {
    var media: [SitePath: RenderedSite.Medium] = [:]
    for variant in content.images.values.flatMap(\.variants) {
      media[variant.path] = RenderedSite.Medium(
        path: variant.path.text, blob: variant.blob, size: variant.size, mediaType: variant.format.mediaType)
    }
    return media.values.sorted { $0.path < $1.path }
  }

  /// `/about` leads to `/about/`, and browsers that ask for an icon by its old name get the one there is.
  private static func redirects(_ files: [RenderedFile]) -> [RenderedSite.Redirect] {
    let folders = files.map(\.path).filter { $0.count > 1 && $0.hasSuffix("/") }
    return folders.map { RenderedSite.Redirect(from: String($0.dropLast()), to: $0) }
      + [RenderedSite.Redirect(from: "/favicon.ico", to: SitePath.favicon.text)]
  }
}
