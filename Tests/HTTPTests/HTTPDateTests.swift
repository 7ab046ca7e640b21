import HTTP
import Testing

@Suite("An HTTP date (RFC 9110, section 5.6.7)")
struct HTTPDateTests {
  @Test(
    "is read in its three forms",
    arguments: [
      ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
      ("Sun Nov  6 08:49:37 1994", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
      ("Tue, 29 Feb 2028 23:59:59 GMT", 1_835_481_599), ("Saturday, 21-Nov-26 12:00:00 GMT", 1_795_262_400),
    ] as [(String, Int64)])
  func read(_ text: String, _ seconds: Int64) {
    #expect(Instant(httpDate: text) == Instant(seconds: seconds))
  }

  @Test(
    "and is refused when it is none",
    arguments: [
      "", "x", "0", "784111777", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET",
      "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
      "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 994 08:49:37 GMT", "Sun, 06 Nov -1994 08:49:37 GMTx",
      "Sun, 06 Nov 1994 8:49:37 GMT", "Sun Nov 6 08:49:37 GMT 1994", String(repeating: "1 ", count: 500),
    ])
  func refused(_ text: String) {
    #expect(Instant(httpDate: text) == nil)
  }

  @Test("comes back as it was written", arguments: [0, 1_700_000_000, 1_795_262_400, 4_102_444_800] as [Int64])
  func back(_ seconds: Int64) {
    #expect(Instant(httpDate: Instant(seconds: seconds).httpDate) == Instant(seconds: seconds))
  }
}
