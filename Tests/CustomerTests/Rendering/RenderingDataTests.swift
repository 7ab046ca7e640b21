import HTTP
import Services
import Testing

@testable import Customer

@Suite("Data for search engines")
struct RenderingDataTests {
  private static func things(_ path: String, _ change: (inout SiteContent) -> Void = { _ in }) throws -> [JSON] {
    var content = SampleSite.full()
    change(&content)
    let page = SiteRenderer.render(content, at: SampleSite.instant).text(path)
    let opening = "<script type=\"application/ld+json\">"
    let start = try #require(page.firstRange(of: opening)).upperBound
    let end = try #require(page[start...].firstRange(of: "</script>")).lowerBound
    return try JSONParser.parse(Array(page[start..<end].utf8))["@graph"]?.arrayValue ?? []
  }

  private static func thing(_ type: String, in things: [JSON]) -> JSON? {
    things.first { $0["@type"]?.stringValue == type }
  }

  @Test("names a business with its address and hours on the home page")
  func business() throws {
    let things = try Self.things("/")
    let business = try #require(Self.thing("LocalBusiness", in: things))
    #expect(business["name"] == "Änne Sommerfeld" && business["telephone"] == "+49 (0) 341 1234567")
    #expect(business["address"]?["addressLocality"] == "Leipzig")
    let hours = business["openingHoursSpecification"]?.arrayValue ?? []
    #expect(hours.count == 9)
    #expect(hours.first?["dayOfWeek"] == "https://schema.org/Tuesday" && hours.first?["opens"] == "09:00")
    #expect(hours.last?["closes"] == "23:59")
    #expect(Self.thing("WebSite", in: things) != nil && Self.thing("WebPage", in: things) != nil)
  }

  @Test("names a person where nobody acts in business, and an organisation without an address")
  func others() throws {
    let person = Self.thing("Person", in: try Self.things("/") { $0.site.isBusiness = false })
    #expect(person?["jobTitle"] == "Keramik und Kurse in Leipzig-Plagwitz")
    #expect(person?["sameAs"]?.arrayValue?.count == 3)
    let organization = try Self.things("/") {
      $0.profile.address = PostalAddress()
      $0.pages.removeAll { $0.slug.text == "alles" }
    }
    #expect(Self.thing("Organization", in: organization) != nil)
  }

  @Test("holds questions with their answers")
  func questions() throws {
    let page = try #require(Self.thing("FAQPage", in: try Self.things("/auftakt/")))
    let first = page["mainEntity"]?.arrayValue?.first
    #expect(first?["name"] == "Darf es in die Spülmaschine?")
    #expect(first?["acceptedAnswer"]?["text"] == "<p>Ja, bis <strong>60 Grad</strong>.</p>\n")
  }

  @Test("cannot end the element that it stands in", arguments: HostileTexts.all)
  func hostile(_ text: String) throws {
    let things = try Self.things("/auftakt/") {
      $0.site.title = text
      $0.profile.name = text
      $0.pages.append(
        Page(
          slug: .home, title: "", description: text,
          blocks: [.questions(.init(items: [.init(question: text, answer: text)]))]))
    }
    #expect(!things.isEmpty)
  }

  @Test("names whom to tell of abuse, when the operator named somebody")
  func security() {
    var content = SampleSite.full()
    let path = "/.well-known/security.txt"
    #expect(SiteRenderer.render(content, at: SampleSite.instant).text(path).isEmpty)
    content.site.abuseContact = WebLink("mailto:abuse@smartpages.example")
    #expect(
      SiteRenderer.render(content, at: SampleSite.instant).text(path)
        == "Contact: mailto:abuse@smartpages.example\nExpires: 2027-11-21T12:00:00.000Z\n"
        + "Preferred-Languages: de, en\nCanonical: https://sommerfeld.sites.example/.well-known/security.txt\n")
  }

  @Test("is a manifest as well, for home screens")
  func manifest() throws {
    let site = SiteRenderer.render(SampleSite.full(), at: SampleSite.instant)
    let manifest = try JSONParser.parse(Array(site.text("/site.webmanifest").utf8))
    #expect(manifest["name"] == "Sommerfeld Keramik" && manifest["lang"] == "de")
  }
}
