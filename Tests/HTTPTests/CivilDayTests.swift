import Testing

@testable import HTTP

@Suite("Days")
struct CivilDayTests {
  @Test("Days are read and written", arguments: ["1970-01-01", "1969-12-31", "2024-02-29", "2026-11-21", "9999-12-31"])
  func roundTrip(_ text: String) throws {
    let day = try #require(CivilDay(text))
    #expect(day.text == text)
    #expect(day.adding(days: 1).adding(days: -1) == day)
    #expect(CivilDay(Instant(seconds: day.number * 86_400 + 86_399)) == day)
  }

  @Test(
    "What is no day is refused",
    arguments: ["", "2026-02-29", "2026-13-01", "2026-1-1", "2026-11-21T", "20261121", "2026-11-2x", "２026-11-21"])
  func refused(_ text: String) {
    #expect(CivilDay(text) == nil)
  }
}
