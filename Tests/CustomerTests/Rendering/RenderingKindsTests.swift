import HTTP
import Services
import Testing

@testable import Customer

@Suite("A page with blocks of every kind")
struct RenderingKindsTests {
  private let site = SiteRenderer.render(SampleSite.full(), at: SampleSite.instant)

  private static func page(_ blocks: [Block], _ change: (inout SiteContent) -> Void = { _ in }) -> String {
    var content = SampleSite.full()
    content.pages = [Page(slug: SampleSite.slug("x"), title: "X", description: "", blocks: blocks)]
    change(&content)
    return SiteRenderer.render(content, at: SampleSite.instant).text("/x/")
  }

  @Test("holds every kind there is")
  func all() {
    #expect(Set(SampleSite.everyKind.map(\.kind)) == Set(Block.Kind.allCases))
  }

  @Test("is kept as JSON and comes back the same", arguments: SampleSite.everyKind)
  func roundTrip(_ block: Block) throws {
    #expect(try Block(json: block.json, pointer: "") == block)
  }

  @Test("is well-formed, and its headings skip no level", arguments: [Language.german, .english])
  func semantics(_ language: Language) throws {
    let site = SiteRenderer.render(SampleSite.full(language), at: SampleSite.instant)
    for path in ["/alles/", "/auftakt/"] {
      let tags = try StrictTokenizer.tags(site.text(path))
      #expect(tags.count { $0.name == "h1" } == 1)
      let levels = tags.filter { $0.name.count == 2 && $0.name.hasPrefix("h") && $0.name != "hr" }
        .compactMap { Int($0.name.dropFirst()) }
      #expect(levels.first == 1)
      #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 }, "\(levels) in \(path)")
      #expect(tags.filter { $0.name == "img" }.allSatisfy { $0["alt"] != nil && $0["width"] != nil })
    }
  }

  @Test("opens with its own title, else the opening is a part like others")
  func opening() {
    #expect(site.text("/auftakt/").contains("<h1>Geschirr, das bleibt</h1>"))
    #expect(!site.text("/auftakt/").contains("<h1>Auftakt</h1>"))
    #expect(site.text("/alles/").contains("<h1>Alles</h1>"))
    #expect(site.text("/alles/").contains("<h2>Geschirr, das bleibt</h2>"))
  }

  @Test("leaves out pictures that are there no more")
  func missingPictures() {
    let page = Self.page(SampleSite.everyKind) { $0.images = [:] }
    #expect(!page.contains("<img") && !page.contains("<figure class=\"image\"") && !page.contains("gallery\""))
    #expect(page.contains("Der schönste Becher"))
  }

  @Test("admits its script by its hash, frames by origin and forms by theirs, and only where they are used")
  func policy() {
    #expect(
      site.contentSecurityPolicy.hasSuffix(
        "; img-src 'self' data:; script-src 'sha256-\(EmbedScript().hash)'; "
          + "frame-src https://www.youtube-nocookie.com https://player.vimeo.com https://www.openstreetmap.org; "
          + "manifest-src 'self'; base-uri 'none'; form-action https://app.smartpages.example; frame-ancestors 'none'"))
    var content = SampleSite.full()
    content.pages = [
      Page(
        slug: .home, title: "", description: "",
        blocks: [SampleSite.embed(.vimeo, "https://vimeo.com/1"), .form(SampleSite.form)])
    ]
    content.site.formsOrigin = nil
    let plain = SiteRenderer.render(content, at: SampleSite.instant)
    #expect(plain.contentSecurityPolicy.contains("frame-src https://player.vimeo.com;"))
    #expect(plain.contentSecurityPolicy.contains("form-action 'none'"))
    #expect(!plain.text("/").contains("<form"))
    #expect(site.text("/alles/").contains("<script>\(EmbedScript().text.description)</script>\n</body>"))
    #expect(!site.text("/").contains("<script>"))
  }

  @Test("asks nobody for anything before a visitor agrees")
  func consent() throws {
    let tags = try StrictTokenizer.tags(site.text("/alles/"))
    #expect(!tags.contains { ["iframe", "object", "embed", "video"].contains($0.name) })
    for tag in tags where tag.name == "img" || tag.name == "source" {
      #expect((tag["src"] ?? tag["srcset"])?.hasPrefix("/media/") == true)
    }
    let frames = tags.compactMap { $0["data-frame"] }
    #expect(
      frames == [
        "https://www.youtube-nocookie.com/embed/abcDEF_-123?autoplay=1&amp;rel=0",
        "https://player.vimeo.com/video/123456789?dnt=1&amp;autoplay=1&amp;h=abcdef0123",
        "https://www.openstreetmap.org/export/embed.html?bbox=12.32726%2C51.32909%2C12.33274%2C51.33091"
          + "&amp;layer=mapnik&amp;marker=51.33000%2C12.33000",
      ])
  }

  @Test("tells opening hours by day, those alike in one line, and what is closed")
  func hours() {
    let page = Self.page([.hours(SampleSite.hours)])
    #expect(page.contains("<dt>Montag</dt><dd>geschlossen</dd>"))
    #expect(page.contains("<dt>Dienstag bis Freitag</dt><dd>09:00–12:30 Uhr<br>\n14:00–18:30 Uhr</dd>"))
    #expect(page.contains("<dt>Samstag</dt><dd>10:00–24:00 Uhr</dd>"))
    #expect(page.contains("<dt>Sonntag</dt><dd>geschlossen</dd>"))
    let english = Self.page([.hours(SampleSite.hours)]) { $0.site.language = .english }
    #expect(english.contains("<h2>Opening hours</h2>"))
    #expect(english.contains("<dt>Tuesday to Friday</dt>"))
  }

  @Test("sends a form with what it needs, and without the privacy policy's link when there is none")
  func form() {
    let page = Self.page([.form(SampleSite.form)])
    #expect(
      page.contains("action=\"https://app.smartpages.example/api/forms/0199a6c2-7d1e-7a40-8c55-3f0e9b1d2aff\""))
    #expect(page.contains("<input type=\"hidden\" name=\"page\" value=\"/x/\">"))
    #expect(page.contains("<a href=\"/datenschutz/\">Datenschutz</a></p>"))
    #expect(!Self.page([.form(SampleSite.form)]) { $0.privacy = nil }.contains("/datenschutz/"))
  }

  @Test("has what nobody filled in nowhere")
  func empty() {
    let page = Self.page([.legal, .social(heading: "Folgen"), .questions(.init(heading: "", items: []))]) {
      $0.imprint = nil
      $0.privacy = nil
      $0.profile.social = []
    }
    #expect(!page.contains("<nav") && !page.contains("Folgen"))
  }
}
