import Testing

@testable import HTTP

@Suite("Moments")
struct InstantTests {
  @Test(
    "are written in both formats",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
      (951_827_696, "2000-02-29T12:34:56.000Z", "Tue, 29 Feb 2000 12:34:56 GMT"),
      (1_795_262_400, "2026-11-21T12:00:00.000Z", "Sat, 21 Nov 2026 12:00:00 GMT"),
      (4_107_542_400, "2100-03-01T00:00:00.000Z", "Mon, 01 Mar 2100 00:00:00 GMT"),
      (-1, "1969-12-31T23:59:59.000Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
    ] as [(Int64, String, String)])
  func formats(_ seconds: Int64, _ rfc3339: String, _ httpDate: String) {
    #expect(Instant(seconds: seconds).rfc3339 == rfc3339)
    #expect(Instant(seconds: seconds).httpDate == httpDate)
  }

  @Test(
    "are read with any offset",
    arguments: [
      ("2026-11-21T12:00:00Z", 1_795_262_400_000_000), ("2026-11-21T13:00:00+01:00", 1_795_262_400_000_000),
      ("2026-11-21T11:30:00.25-00:30", 1_795_262_400_250_000), ("2024-02-29t00:00:00z", 1_709_164_800_000_000),
    ] as [(String, Int64)])
  func reading(_ text: String, _ microseconds: Int64) {
    #expect(Instant(rfc3339: text)?.microseconds == microseconds)
  }

  @Test(
    "that do not exist are refused",
    arguments: [
      "", "2026-11-21", "2026-11-21T12:00:00", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-10T00:00:00Z",
      "2026-11-21T24:00:00Z", "2026-11-21T12:60:00Z", "2026-11-21T12:00:60Z", "2026-11-21 12:00:00Z",
      "2026-11-21T12:00:00.Z", "2026-11-21T12:00:00.1234567Z", "2026-11-21T12:00:00+1:00", "2026-11-21T12:00:00Zx",
      "0000-01-01T00:00:00Z", "２026-11-21T12:00:00Z",
    ])
  func refused(_ text: String) {
    #expect(Instant(rfc3339: text) == nil)
  }
}
