import HTTP
import Testing

@testable import Customer

@Suite("A legal page")
struct RenderingLegalTests {
  private static func render(_ change: (inout SiteContent) -> Void) -> RenderedSite {
    var content = SampleSite.german()
    change(&content)
    return SiteRenderer.render(content, at: SampleSite.instant)
  }

  @Test("tells all that was answered, in the site's language, and is linked from every page")
  func complete() {
    for (language, imprint, privacy) in [
      (Language.german, "/impressum/", "/datenschutz/"), (.english, "/imprint/", "/privacy/"),
    ] {
      let site = Self.render { $0.site.language = language }
      for answer in [
        "Sommerfeld Keramik GmbH", "Karl-Heine-Straße 12", "04229 Leipzig", "HRB 12345", "Amtsgericht Leipzig",
        "DE123456789", "Handwerkskammer zu Leipzig", "Geschäftsführerin", "Keramikmeisterin", "§ 5 DDG", "§ 18",
        "§ 27a",
        "tel:+493411234567", "mailto:hallo@sommerfeld.example",
      ] {
        #expect(site.text(imprint).contains(answer), "\(answer)")
      }
      for answer in [
        "Sommerfeld Keramik GmbH", "Beispiel Hosting AG, Serverweg 1, 10115 Berlin", "Datenschutz- und Transparenz",
        "Dr. Ida Muster", "Art. 15", "Art. 16", "Art. 17", "Art. 18", "Art. 20", "Art. 21", "Art. 77", "Art. 28",
      ] {
        #expect(site.text(privacy).contains(answer), "\(answer)")
      }
      for file in site.files where file.mediaType.hasPrefix("text/html") {
        let page = site.text(file.path)
        #expect(page.contains("<a href=\"\(imprint)\"") && page.contains("<a href=\"\(privacy)\""), "\(file.path)")
      }
    }
  }

  @Test("names German law only for providers in Germany")
  func otherCountries() {
    let site = Self.render { content in
      var form = SampleSite.imprint
      form.address.country = "Österreich"
      content.imprint = .form(form)
    }
    let page = site.text("/impressum/")
    #expect(page.contains("DE123456789") && page.contains("Verantwortlich für den Inhalt"))
    #expect(!page.contains("DDG") && !page.contains("MStV") && !page.contains("§"))
  }

  @Test("without a complete answer is neither made nor linked")
  func missing() {
    var halfImprint = ImprintForm()
    halfImprint.name = "Änne"
    let changes: [(inout SiteContent) -> Void] = [
      {
        $0.imprint = nil
        $0.privacy = nil
      },
      {
        $0.imprint = .form(halfImprint)
        $0.privacy = .form(PrivacyForm())
      },
      {
        $0.imprint = .own(german: nil, english: " \n")
        $0.privacy = .own(german: "", english: nil)
      },
    ]
    for change in changes {
      let site = Self.render(change)
      #expect(!site.files.contains { $0.path == "/impressum/" || $0.path == "/datenschutz/" })
      #expect(!site.files.contains { String(decoding: $0.bytes, as: UTF8.self).contains("/impressum/") })
      #expect(!site.redirects.contains { $0.from == "/impressum" })
    }
  }

  @Test("of own text stands in the site's language, else in the other, marked as such")
  func ownText() {
    let both = Self.render { $0.imprint = .own(german: "## Wer\n\nIch", english: "Me") }
    #expect(both.text("/impressum/").contains("<h2>Wer</h2>\n<p>Ich</p>"))
    #expect(!both.text("/impressum/").contains("<p>Me</p>"))
    let other = Self.render { $0.imprint = .own(german: " ", english: "# Who\n\nMe") }
    #expect(other.text("/impressum/").contains("lang=\"en\">\n<h2>Who</h2>\n<p>Me</p>"))
    #expect(other.text("/impressum/").contains("<html lang=\"de\">"))
  }

  @Test("does not speak of what is not there")
  func honest() {
    let site = Self.render { content in
      content.links = []
      content.profile.social = []
      content.profile.website = nil
      content.pages = [Page(slug: .home, title: "", description: "", blocks: [.profile])]
      var form = SampleSite.privacy
      form.hostingProvider = ""
      form.supervisoryAuthority = ""
      form.dataProtectionOfficer = ""
      content.privacy = .form(form)
    }
    let page = site.text("/datenschutz/")
    #expect(!page.contains("Links zu anderen"))
    #expect(!page.contains("Datenschutzbeauftragte"))
    #expect(!page.contains("zuständige Aufsichtsbehörde"))
    #expect(page.contains("technischen Dienstleister"))
  }

  @Test("tells of forms, embedded contents and counting where there are any, and only there")
  func processing() {
    for (language, path, words) in [
      (Language.german, "/datenschutz/", ["Formular", "Einwilligung", "Zählung der Besuche"]),
      (.english, "/privacy/", ["by a form", "consent", "Counting of visits"]),
    ] {
      let plain = Self.render { $0.site.language = language }.text(path)
      let full = Self.render { content in
        content.site.language = language
        content.processing.hasForms = true
        content.processing.hasStatistics = true
        content.processing.embeds = ["openstreetmap", "vimeo", "youtube", "unknown"]
      }.text(path)
      for word in words + ["Google Ireland Limited", "Vimeo.com, Inc.", "OpenStreetMap Foundation"] {
        #expect(full.contains(word) && !plain.contains(word), "\(word)")
      }
    }
  }

  @Test("of each kind of provider names its legal form, who represents it and its register")
  func providers() {
    let expected: [(Provider, [String])] = [
      (.gmbh, ["(GmbH)", "durch die Geschäftsführung", "Handelsregister"]),
      (.ug, ["(haftungsbeschränkt)", "durch die Geschäftsführung", "Handelsregister"]),
      (.ag, ["Aktiengesellschaft", "durch den Vorstand", "Handelsregister"]),
      (.gbr, ["(GbR)", "durch die Gesellschafter", "Gesellschaftsregister"]),
      (.association, ["(e. V.)", "durch den Vorstand", "Vereinsregister"]),
      (.soleTrader, ["Handelsregister"]), (.freelancer, ["Registereintrag"]), (.person, ["Registereintrag"]),
      (.regulated, ["Berufsrechtliche Regelungen"]),
    ]
    for (provider, words) in expected {
      let page = Self.render { content in
        var form = SampleSite.imprint
        form.provider = provider
        form.legalForm = ""
        form.professionalRules = "Berufsordnung, nachzulesen auf kammer.example"
        form.disputeResolution = .unwilling
        content.imprint = .form(form)
      }.text("/impressum/")
      for word in words + ["§ 36 VSBG"] { #expect(page.contains(word), "\(provider): \(word)") }
    }
  }

  @Test("says its date and edition")
  func edition() {
    let page = Self.render {
      $0.privacyEdition = Edition(number: 3, since: Instant(seconds: 1_795_132_800))
    }.text("/datenschutz/")
    #expect(page.contains("Stand: 20. November 2026 (Fassung 3)"))
  }
}
