import HTTP
import Services
import Testing

@testable import Customer

@Suite("A rendered site")
struct RenderingSiteTests {
  private let german = SiteRenderer.render(SampleSite.german(), at: SampleSite.instant)
  private let english = SiteRenderer.render(SampleSite.english(), at: SampleSite.instant)

  private var stylesheet: Stylesheet { SiteContext.all(SampleSite.german())[0].stylesheet }

  private func pages(_ site: RenderedSite) -> [RenderedFile] {
    site.files.filter { $0.mediaType.hasPrefix("text/html") }
  }

  @Test("has its files at the addresses that its language gives them")
  func paths() {
    #expect(
      german.files.map(\.path) == [
        "/", "/kurse/", "/werkstatt/", "/impressum/", "/datenschutz/", "/404.html", "/favicon.svg",
        "/site.webmanifest", "/robots.txt", "/sitemap.xml",
      ])
    #expect(english.files.map(\.path).contains("/imprint/") && english.files.map(\.path).contains("/privacy/"))
    #expect(german.notFoundPath == "/404.html")
    #expect(
      german.redirects.map(\.from) == ["/datenschutz", "/favicon.ico", "/impressum", "/kurse", "/werkstatt"])
    #expect(german.redirects.allSatisfy { redirect in german.files.contains { $0.path == redirect.to } })
  }

  @Test("leads nowhere from what others ask of a host, whatever is stored")
  func wellKnown() {
    var content = SampleSite.german()
    let paths = ["/.well-known", "/.well-known/acme-challenge/x", "/.Well-Known/x", "/old", "/old/.well-known"]
    content.redirects = paths.map { SiteRedirect(from: $0, to: "https://else.example/", status: 301) }
    let kept = SiteRenderer.render(content, at: SampleSite.instant).redirects.filter { $0.status == 301 }
    #expect(kept.map(\.from) == ["/old", "/old/.well-known"])
  }

  @Test("is the same, byte for byte, from the same content")
  func deterministic() {
    #expect(SiteRenderer.render(SampleSite.german(), at: SampleSite.instant) == german)
  }

  @Test("is well-formed, with one title, headings that skip no level, and landmarks")
  func semantics() throws {
    for (site, language) in [(german, "de"), (english, "en")] {
      for file in pages(site) {
        let tags = try StrictTokenizer.tags(String(decoding: file.bytes, as: UTF8.self))
        #expect(tags.first { $0.name == "html" }?["lang"] == language)
        for name in ["h1", "main", "footer", "title"] {
          #expect(tags.count { $0.name == name } == 1, "\(name) in \(file.path)")
        }
        let levels = tags.filter { $0.name.count == 2 && $0.name.hasPrefix("h") && $0.name != "hr" }
          .compactMap { Int($0.name.dropFirst()) }
        #expect(levels.first == 1)
        #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 }, "\(levels) in \(file.path)")
      }
    }
  }

  @Test("asks nobody for anything: no script, no source, one style sheet that the policy admits")
  func selfContained() throws {
    for file in pages(german) {
      let text = String(decoding: file.bytes, as: UTF8.self)
      let tags = try StrictTokenizer.tags(text)
      #expect(!tags.contains { ["img", "iframe", "form", "object"].contains($0.name) || $0["src"] != nil })
      #expect(tags.filter { $0.name == "script" }.allSatisfy { $0["type"] == "application/ld+json" })
      #expect(tags.filter { $0.name == "link" }.allSatisfy { ["icon", "manifest", "canonical"].contains($0["rel"]) })
      #expect(text.contains("<style>\(stylesheet.text)</style>"))
    }
    #expect(!stylesheet.text.contains("url("))
    #expect(!stylesheet.text.contains("@import"))
    #expect(!stylesheet.text.contains("<"))
    #expect(
      german.contentSecurityPolicy
        == "default-src 'none'; style-src 'sha256-\(stylesheet.hash)'; img-src 'self' data:; "
        + "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
    // The digest of "abc" from FIPS 180-2, in Base64.
    #expect(Stylesheet("abc").hash == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
  }

  @Test("leads only to what is there")
  func internalLinks() throws {
    for site in [german, english] {
      for file in pages(site) {
        let tags = try StrictTokenizer.tags(String(decoding: file.bytes, as: UTF8.self))
        for target in tags.compactMap({ $0["href"] }) where target.hasPrefix("/") {
          #expect(site.files.contains { $0.path == target }, "\(target) from \(file.path)")
        }
      }
    }
  }

  @Test("lets links to others tell neither where they come from nor who opened them")
  func foreignLinks() throws {
    for tag in try StrictTokenizer.tags(german.text("/")) where tag.name == "a" {
      let isForeign = tag["href"]?.hasPrefix("http") == true
      let rel = tag["rel"].map { $0.hasPrefix("me ") ? String($0.dropFirst(3)) : $0 }
      #expect(rel == (isForeign ? "noopener noreferrer" : nil))
    }
  }

  @Test("tells search engines and previews what it is")
  func metadata() {
    let home = german.text("/")
    let course = german.text("/kurse/")
    #expect(home.contains("<title>Sommerfeld Keramik</title>"))
    #expect(course.contains("<title>Kurse – Sommerfeld Keramik</title>"))
    #expect(home.contains("<link rel=\"canonical\" href=\"https://sommerfeld.sites.example/\">"))
    #expect(course.contains("<meta property=\"og:url\" content=\"https://sommerfeld.sites.example/kurse/\">"))
    #expect(course.contains("<meta name=\"description\" content=\"Drehkurse für Anfänger und Fortgeschrittene.\">"))
    #expect(home.contains("<meta name=\"description\" content=\"Geschirr für jeden Tag"))
    #expect(english.text("/").contains("<meta property=\"og:locale\" content=\"en_GB\">"))
    #expect(german.text("/404.html").contains("<meta name=\"robots\" content=\"noindex, follow\">"))
    #expect(german.text("/robots.txt").contains("Sitemap: https://sommerfeld.sites.example/sitemap.xml\n"))
    let sitemap = german.text("/sitemap.xml")
    #expect(
      sitemap.contains("<loc>https://sommerfeld.sites.example/kurse/</loc><lastmod>2026-11-21T12:00:00.000Z</lastmod>"))
    #expect(!sitemap.contains("impressum"))
  }

  @Test("says in its own language that a page is missing")
  func notFound() {
    #expect(german.text("/404.html").contains("<h1>Seite nicht gefunden</h1>"))
    #expect(english.text("/404.html").contains("<h1>Page not found</h1>"))
  }

  @Test("shows links by group, those without one first")
  func groups() {
    let home = german.text("/")
    #expect(home.components("<h2 class=\"group\">") == ["Laden", "Termine", "Ausstellungen"])
    #expect(german.text("/werkstatt/").components("<h3 class=\"group\">") == ["Laden", "Termine", "Ausstellungen"])
    var content = SampleSite.german()
    content.links.append(Link(title: "Zuletzt", url: SampleSite.link("tel:1")))
    content.links.append(Link(title: "Noch ein Teller", url: SampleSite.link("tel:1"), group: "Laden"))
    let mixed = SiteRenderer.render(content, at: SampleSite.instant).text("/")
    #expect(mixed.components("<h2 class=\"group\">") == ["Laden", "Termine", "Ausstellungen"])
    #expect(mixed.components("<b>")[2] == "Zuletzt")
  }

  @Test("of an empty profile and no content is still a page with a title")
  func empty() throws {
    let content = SiteContent(
      site: .init(title: "Neu", description: "", language: .english, origin: "https://neu.sites.example"),
      profile: Profile(),
      pages: [
        Page(
          slug: .home, title: "", description: "",
          blocks: [.profile, .links(heading: "Links"), .contact(heading: "Contact")])
      ], links: [], imprint: nil, privacy: nil)
    let home = SiteRenderer.render(content, at: SampleSite.instant).text("/")
    let tags = try StrictTokenizer.tags(home)
    #expect(home.contains("<h1>Neu</h1>"))
    #expect(!tags.contains { ["h2", "nav", "ul", "address"].contains($0.name) })
  }

  @Test(
    "draws the initials of a name",
    arguments: [
      ("Änne Sommerfeld", "ÄS"), ("anna", "A"), ("Anna Maria von der Aue", "AA"), ("ßamuel", "S"), ("3 Birken", "3B"),
      ("🌸 Blumen & Mehr", "BM"), ("<script>", "S"), ("", "·"), ("***", "·"), ("Ǆ", "Ǆ"), ("李 雷", "李雷"),
      ("a\u{301}\u{302}\u{303} b", "AB"), ("O’Neill", "ON"),
    ])
  func initials(_ name: String, _ text: String) {
    #expect(Initials(name).text == text)
  }

  @Test(
    "calls the number that is meant",
    arguments: [
      ("+49 (0) 341 1234567", "tel:+493411234567"), ("0341 / 123-45", "tel:034112345"),
      ("+1 (201) 555", "tel:+1201555"),
      ("(0)341 12", "tel:034112"), ("+49(0)30 + 1", "tel:+49301"),
    ])
  func calls(_ number: String, _ link: String) {
    #expect(String(decoding: ContactLinks.call(number).bytes, as: UTF8.self).contains("href=\"\(link)\""))
  }

  @Test("fits: a page of twenty links is small enough for the first flight once compressed")
  func size() {
    for file in pages(german) { #expect(file.bytes.count < 20_000, "\(file.path)") }
    #expect(stylesheet.text.utf8.count < 10_000)
  }

  @Test("takes a few milliseconds to make")
  func speed() {
    let content = SampleSite.german()
    _ = SiteRenderer.render(content, at: SampleSite.instant)
    #expect(Work.milliseconds { _ = SiteRenderer.render(content, at: SampleSite.instant) } < Work.bound(5))
  }
}

extension String {
  /// What stands between each `opening` and the next tag.
  fileprivate func components(_ opening: String) -> [String] {
    var texts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: opening) {
      rest = rest[range.upperBound...]
      texts.append(String(rest.prefix { $0 != "<" }))
    }
    return texts
  }
}
