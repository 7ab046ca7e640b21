import Bucket
import Testing

@testable import Domain

@Suite("Accept-Encoding (RFC 9110, section 12.5.3)")
struct AcceptedEncodingsTests {
  @Test(
    arguments: [
      (nil, 0, 0), ("", 0, 0), ("gzip", 0, 1000), ("br", 1000, 0), ("gzip, deflate, br", 1000, 1000),
      ("br;q=0, gzip", 0, 1000), ("*", 1000, 1000), ("*;q=0", 0, 0), ("br;q=0, *", 0, 1000), ("BR ; q=0.5", 500, 0),
      ("x-gzip", 0, 1000), ("identity", 0, 0), ("gzip;q=bad", 0, 0), ("gzip;q=1.001", 0, 0), ("gzip;q=0.0001", 0, 0),
      ("gzip;q=0.125, br;q=1.000", 1000, 125), ("gzip;q=2", 0, 0), ("gzip;q=-1", 0, 0), ("gzip;q=", 0, 0),
      ("gzip;q=1.", 0, 1000), ("gzip;x=1;q=0.2", 0, 200), ("gzip;q=nan", 0, 0), ("gzip;q=1e0", 0, 0),
    ] as [(String?, Int, Int)])
  func weights(_ field: String?, _ brotli: Int, _ gzip: Int) {
    let accepted = AcceptedEncodings(field)
    #expect(accepted.brotli == brotli)
    #expect(accepted.gzip == gzip)
  }

  @Test(
    "the form that is liked best is sent",
    arguments: [
      ("gzip, br", .brotli), ("gzip;q=1, br;q=0.9", .gzip), ("gzip;q=0.5, identity", .identity),
      ("gzip;q=0.5, identity;q=0.5", .gzip), ("identity;q=0", .identity), ("*;q=0", .identity), ("*", .brotli),
      ("br;q=0.1, *;q=0.9", .gzip), ("deflate", .identity),
    ] as [(String, BlobEncoding)])
  func best(_ field: String, _ encoding: BlobEncoding) {
    #expect(AcceptedEncodings(field).best(brotli: true, gzip: true) == encoding)
  }

  @Test func `a form that is not there is not chosen`() {
    let accepted = AcceptedEncodings("br, gzip;q=0.5")
    #expect(accepted.best(brotli: false, gzip: true) == .gzip)
    #expect(accepted.best(brotli: false, gzip: false) == .identity)
  }
}
