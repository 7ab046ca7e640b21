import Testing

@testable import Domain

@Suite("Accept-Encoding (RFC 9110, section 12.5.3)")
struct AcceptedEncodingsTests {
  @Test(
    arguments: [
      (nil, false, false), ("", false, false), ("gzip", false, true), ("br", true, false),
      ("gzip, deflate, br", true, true),
      ("br;q=0, gzip", false, true), ("*", true, true), ("*;q=0", false, false), ("br;q=0, *", false, true),
      ("BR ; q=0.5", true, false), ("x-gzip", false, true), ("identity", false, false), ("gzip;q=bad", false, false),
    ] as [(String?, Bool, Bool)])
  func cases(_ field: String?, _ brotli: Bool, _ gzip: Bool) {
    let accepted = AcceptedEncodings(field)
    #expect(accepted.brotli == brotli)
    #expect(accepted.gzip == gzip)
  }
}
