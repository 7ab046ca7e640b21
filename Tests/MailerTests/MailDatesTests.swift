import HTTP
import Testing

@testable import Mailer

@Suite("Dates are written in the reader's language")
struct MailDatesTests {
  @Test(arguments: [
    (0, "1 January 1970, 00:00 (UTC)", "1. Januar 1970, 00:00 Uhr (UTC)"),
    (1_795_269_900, "21 November 2026, 14:05 (UTC)", "21. November 2026, 14:05 Uhr (UTC)"),
  ])
  func bothLanguages(seconds: Int64, english: String, german: String) {
    #expect(MailDates.text(Instant(seconds: seconds), .english) == english)
    #expect(MailDates.text(Instant(seconds: seconds), .german) == german)
  }
}
