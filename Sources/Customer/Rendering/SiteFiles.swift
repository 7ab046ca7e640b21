import HTTP
import ImageCoding
import Services

/// The small files of a site that are no pages.
struct SiteFiles {
  /// The site in each of its languages, its own first.
  let contexts: [SiteContext]

  private var context: SiteContext { contexts[0] }

  /// All of them that this site has. A preview has none for search engines: each of its answers says that it is not to
  /// be listed, which they would not read if they were kept out.
  ///
  /// - Parameter instant: the moment of publishing.
  func files(at instant: Instant) -> [RenderedFile] {
    let forRobots = context.content.site.isPreview ? [] : [robots, sitemap(instant), security(instant)]
    return ([favicon, manifest, card] + forRobots).compactMap(\.self)
  }

  private var favicon: RenderedFile {
    file(.favicon, "image/svg+xml", Initials(context.ownerName).favicon(context.look.primary).bytes)
  }

  /// What a browser needs to put the site on a home screen (Web Application Manifest).
  private var manifest: RenderedFile {
    let name = context.title.isBlank ? context.content.site.origin : context.title
    let icon = SiteIcon(context)
    let sides = IconOrder.sides.filter { $0 != SiteIcon.touchSide }
    let drawn = sides.compactMap { context.content.cards[icon.key($0)] }.map { icon -> JSON in
      [
        "src": .string(icon.path.text), "sizes": .string("\(icon.width)x\(icon.height)"),
        "type": .string(icon.format.mediaType),
      ]
    }
    let manifest: JSON = [
      "name": .string(name), "short_name": .string(String(name.prefix(30))),
      "lang": .string(context.language.rawValue), "start_url": "/", "scope": "/", "display": "browser",
      "background_color": .string(context.look.primary.ground.text),
      "theme_color": .string(context.look.primary.ground.text),
      "icons": .array([["src": .string(SitePath.favicon.text), "sizes": "any", "type": "image/svg+xml"]] + drawn),
    ]
    return file(.manifest, "application/manifest+json", manifest.bytes)
  }

  private var robots: RenderedFile {
    file(
      .robots, "text/plain; charset=utf-8",
      Array("User-agent: *\nAllow: /\n\nSitemap: \(context.content.site.origin)/sitemap.xml\n".utf8))
  }

  /// The pages that search engines may list (sitemaps.org, protocol 0.9).
  private func sitemap(_ instant: Instant) -> RenderedFile {
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
    return file(.sitemap, "application/xml", document.bytes)
  }

  /// The card that a page offers to save.
  private var card: RenderedFile? {
    let isOffered = context.site.pages.contains { page in
      page.blocks.contains { if case .contact(_, hasCard: true) = $0 { true } else { false } }
    }
    return isOffered ? file(.card, "text/vcard; charset=utf-8", ContactCard(context: context).bytes) : nil
  }

  /// Whom to tell of abuse and of holes (RFC 9116): the installation's operator.
  private func security(_ instant: Instant) -> RenderedFile? {
    guard let contact = context.content.site.abuseContact else { return nil }
    let lines = [
      "Contact: \(contact.text)", "Expires: \(instant.adding(seconds: 365 * 86_400).rfc3339)",
      "Preferred-Languages: de, en", "Canonical: \(SitePath.security.canonical(context.content.site.origin).text)",
    ]
    return file(.security, "text/plain; charset=utf-8", Array((lines.joined(separator: "\n") + "\n").utf8))
  }

  private func file(_ path: SitePath, _ mediaType: String, _ bytes: [UInt8]) -> RenderedFile {
    RenderedFile(path: path.text, mediaType: mediaType, bytes: bytes, caching: .revalidate)
  }
}
