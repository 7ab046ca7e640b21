import HTTP
import Services
import Testing

@testable import Customer

@Suite("A site in several languages")
struct RenderingLanguageTests {
  private static let kurse = PageID.new()

  private static func site() -> RenderedSite {
    var content = SampleSite.german()
    var home = Page(slug: .home, title: "Accueil", description: "", blocks: [.profile, .links(heading: nil)])
    home.language = .french
    var cours = Page(
      slug: SampleSite.slug("cours"), title: "Cours", description: "", blocks: [.text(markdown: "Bonjour")])
    cours.language = .french
    cours.translationOf = kurse
    var only = Page(slug: SampleSite.slug("about"), title: "About", description: "", blocks: [])
    only.language = .english
    content.pages = content.pages.map { page in
      var page = page
      if page.slug.text == "kurse" { page.id = kurse }
      return page
    }
    content.pages += [home, cours, only]
    return SiteRenderer.render(content, at: SampleSite.instant)
  }

  @Test("has each language below its code, with its own words and its own pages in the navigation")
  func places() {
    let site = Self.site()
    let french = site.text("/fr/cours/")
    #expect(french.contains("<html lang=\"fr\">") && french.contains("Aller au contenu"))
    #expect(french.contains("href=\"/fr/cours/\" aria-current=\"page\"") && !french.contains(">Kurse</a>"))
    #expect(site.text("/fr/").contains("<html lang=\"fr\">"))
    #expect(site.text("/").contains("<html lang=\"de\">") && !site.text("/").contains("/fr/cours/\" aria-current"))
    #expect(site.redirects.contains { $0.from == "/fr" && $0.to == "/fr/" })
  }

  @Test("leads from each page to its translations, and where there is none to the beginning of the language")
  func switcher() {
    let site = Self.site()
    #expect(site.text("/fr/cours/").contains("<a href=\"/kurse/\" hreflang=\"de\" lang=\"de\">Deutsch</a>"))
    #expect(site.text("/kurse/").contains("<a href=\"/fr/cours/\" hreflang=\"fr\" lang=\"fr\">Français</a>"))
    #expect(site.text("/kurse/").contains("<a href=\"/en/about/\" hreflang=\"en\" lang=\"en\">English</a>"))
    #expect(site.text("/fr/").contains("<a href=\"/\" hreflang=\"de\" lang=\"de\">Deutsch</a>"))
  }

  @Test("tells search engines what belongs together")
  func alternates() {
    let site = Self.site()
    let origin = SampleSite.german().site.origin
    for page in [site.text("/kurse/"), site.text("/fr/cours/")] {
      #expect(page.contains("<link rel=\"alternate\" hreflang=\"de\" href=\"\(origin)/kurse/\">"))
      #expect(page.contains("<link rel=\"alternate\" hreflang=\"fr\" href=\"\(origin)/fr/cours/\">"))
      #expect(page.contains("<link rel=\"alternate\" hreflang=\"x-default\" href=\"\(origin)/kurse/\">"))
    }
    #expect(!site.text("/en/about/").contains("rel=\"alternate\""))
    let map = site.text("/sitemap.xml")
    #expect(map.contains("<xhtml:link rel=\"alternate\" hreflang=\"fr\" href=\"\(origin)/fr/cours/\"/>"))
    #expect(map.contains("<loc>\(origin)/en/about/</loc>"))
  }

  @Test("has legal pages in the languages that these are written in, and leads there from the others")
  func legal() {
    let site = Self.site()
    #expect(site.text("/impressum/").contains("<html lang=\"de\">"))
    #expect(site.text("/en/imprint/").contains("<html lang=\"en\">"))
    #expect(!site.files.contains { $0.path.hasPrefix("/fr/imp") })
    #expect(site.text("/fr/").contains("<a href=\"/en/imprint/\">Mentions légales</a>"))
    #expect(site.text("/en/about/").contains("<a href=\"/en/privacy/\">Privacy</a>"))
  }

  @Test("in one language looks as if there were no others")
  func alone() {
    let site = SiteRenderer.render(SampleSite.german(), at: SampleSite.instant)
    for file in site.files where file.mediaType.hasPrefix("text/html") {
      #expect(!site.text(file.path).contains("hreflang"))
    }
    #expect(!site.text("/sitemap.xml").contains("xhtml"))
  }

  @Test("says everything in the language of its pages", arguments: SiteLanguage.allCases)
  func ownWords(_ language: SiteLanguage) {
    let english = BlockWords(.english)
    let words = BlockWords(language)
    let both = zip(Mirror(reflecting: words).children, Mirror(reflecting: english).children)
    let same = both.compactMap { own, other in
      own.value as? String == other.value as? String ? own.label : nil
    }
    // What is written alike, or not a word.
    let alike: Set<String> = ["weekdays", "months", "firstDay", "oClock", "dateForm"]
    #expect(language == .english || Set(same).isSubset(of: alike))
    #expect(words.weekdays.count == 7 && words.months.count == 12)
    #expect(language == .english || words.weekdays != english.weekdays && words.months != english.months)
    for provider in EmbedProvider.allCases {
      let told = EmbedWords(language, provider)
      #expect(told.notice.contains(provider.name) && told.notice.contains(provider.company))
      #expect(language == .english || told.show != EmbedWords(.english, provider).show)
    }
  }

  @Test(
    "writes dates as they are written",
    arguments: [
      (SiteLanguage.german, "Dienstag, 1. Dezember 2026, 10:05 Uhr"), (.english, "Tuesday, 1 December 2026, 10:05"),
      (.french, "mardi 1er décembre 2026, 10:05"), (.spanish, "martes, 1 de diciembre de 2026, 10:05"),
      (.italian, "martedì 1º dicembre 2026, 10:05"), (.dutch, "dinsdag 1 december 2026, 10:05 uur"),
      (.polish, "wtorek, 1 grudnia 2026, 10:05"), (.portuguese, "terça-feira, 1 de dezembro de 2026, 10:05"),
      (.turkish, "1 Aralık 2026 Salı, 10:05"),
    ])
  func dates(_ language: SiteLanguage, _ date: String) throws {
    let moment = try #require(Instant(rfc3339: "2026-12-01T09:05:00Z"))
    #expect(BlockWords(language).date(BerlinTime(moment)) == date)
  }

  @Test("has the blocks of a French page speak French, and begins lines of weekdays with a capital")
  func blocks() {
    var content = SampleSite.full(.german)
    content.pages = content.pages.map { page in
      var page = page
      if page.slug.text == "alles" { page.language = .french }
      return page
    }
    let page = SiteRenderer.render(content, at: SampleSite.instant).text("/fr/alles/")
    for words in ["Horaires d’ouverture", "Votre adresse e-mail", "qu’avec votre accord", "<b>", "jours"] {
      #expect(page.contains(words), "\(words)")
    }
    for words in ["Opening hours", "Your name", "is loaded only", "Monday"] {
      #expect(!page.contains(words), "\(words)")
    }
    #expect(page.contains("<dt>Lundi"))
  }
}
