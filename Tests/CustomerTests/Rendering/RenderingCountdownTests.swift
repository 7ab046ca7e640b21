import HTTP
import Testing

@testable import Customer

@Suite("A countdown")
struct RenderingCountdownTests {
  private static func moment(_ text: String) -> Instant {
    guard let moment = Instant(rfc3339: text) else { fatalError("not a time: \(text)") }
    return moment
  }

  @Test(
    "counts the calendar days in Germany",
    arguments: [
      ("2026-11-21T12:00:00Z", "2026-12-01T17:00:00Z", 10), ("2026-11-21T23:30:00Z", "2026-11-22T17:00:00Z", 0),
      ("2026-11-21T22:59:59Z", "2026-11-21T23:00:00Z", 1), ("2026-06-30T21:59:59Z", "2026-07-01T10:00:00Z", 1),
      ("2026-06-30T22:00:00Z", "2026-07-01T10:00:00Z", 0), ("2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", 2),
      ("2024-02-28T12:00:00Z", "2024-03-01T12:00:00Z", 2),
    ])
  func days(_ now: String, _ at: String, _ days: Int) {
    let block = CountdownBlock(heading: "x", moment: Self.moment(at))
    #expect(block.days(from: Self.moment(now)) == days)
  }

  @Test(
    "is made again at each midnight in Germany and at its moment, and then never again",
    arguments: [
      ("2026-11-21T12:00:00Z", "2026-11-21T23:00:00Z"), ("2026-11-21T23:00:00Z", "2026-11-22T23:00:00Z"),
      ("2026-07-01T12:00:00Z", "2026-07-01T22:00:00Z"), ("2026-03-28T22:00:00Z", "2026-03-28T23:00:00Z"),
      ("2026-03-29T00:30:00Z", "2026-03-29T22:00:00Z"), ("2026-10-24T21:00:00Z", "2026-10-24T22:00:00Z"),
      ("2026-10-25T00:30:00Z", "2026-10-25T23:00:00Z"), ("2026-12-31T22:00:00Z", "2026-12-31T23:00:00Z"),
      ("2027-02-01T09:00:00Z", "2027-02-01T10:00:00Z"),
    ])
  func next(_ now: String, _ change: String) {
    let block = CountdownBlock(heading: "x", moment: Self.moment("2027-02-01T10:00:00Z"))
    #expect(block.nextChange(after: Self.moment(now)) == Self.moment(change))
    #expect(block.nextChange(after: block.moment) == nil)
  }

  @Test("tells the date, and what is left of the time")
  func shown() {
    func page(_ now: String, _ language: Language = .german) -> String {
      var content = SampleSite.full(language)
      content.moment = Self.moment(now)
      return SiteRenderer.render(content, at: SampleSite.instant).text("/alles/")
    }
    #expect(page("2026-11-21T12:00:00Z").contains("<b>11</b> Tage"))
    #expect(page("2026-12-01T12:00:00Z").contains("<b>1</b> Tag<"))
    #expect(page("2026-12-02T08:00:00Z").contains("<b>Heute</b>"))
    #expect(page("2026-12-02T09:00:00Z").contains("<p class=\"left\">Die Tür ist auf.</p>"))
    #expect(page("2026-11-21T12:00:00Z").contains("2026-12-02T09:00:00.000Z\">Mittwoch, 2. Dezember 2026, 10:00 Uhr<"))
    #expect(page("2026-11-21T12:00:00Z", .english).contains(">Wednesday, 2 December 2026, 10:00<"))
  }

  @Test("has a snapshot tell when it must be shown otherwise")
  func due() throws {
    let snapshot: JSON = [
      "site": ["title": "x", "locale": "de"], "customer": ["kind": "business"],
      "pages": [
        ["slug": "", "title": "x", "blocks": [["kind": "countdown", "heading": "x", "at": "2026-12-02T09:00:00Z"]]]
      ],
    ]
    let content = try SiteContent(
      snapshot: snapshot, at: Self.moment("2026-11-21T12:00:00Z"), origin: "https://x.example", badge: nil)
    #expect(content.nextChange == Self.moment("2026-11-21T23:00:00Z"))
    #expect(content.site.isBusiness)
    #expect(content.moment == Self.moment("2026-11-21T12:00:00Z"))
  }
}
