import HTTP
import Testing

@testable import Customer

@Suite("What a request counts as")
struct HitTests {
  private static let browser = Agent.browser(.phone)

  /// A line of the log with some of its fields.
  private static func line(_ fields: String) throws -> AccessLine {
    let text = """
      {"time":"2026-11-21T12:00:00+01:00","host":"a.sites.example","address":"192.0.2.1",\(fields)}
      """
    return try #require(AccessLine(Array(text.utf8)))
  }

  struct Case: Sendable {
    let method: String
    let uri: String
    let status: Int
    let hit: Hit

    init(_ method: String, _ uri: String, _ status: Int, _ hit: Hit) {
      (self.method, self.uri, self.status, self.hit) = (method, uri, status, hit)
    }
  }

  private static let cases: [Case] = [
    Case("GET", "/", 200, .view(path: "")),
    Case("GET", "/", 304, .view(path: "")),
    Case("GET", "/?a=b", 200, .view(path: "")),
    Case("GET", "/about/", 200, .view(path: "about")),
    Case("GET", "/en/about/", 200, .view(path: "en/about")),
    Case("GET", "/About/", 200, .leftOut(.asset)),
    Case("GET", "/%61bout/", 200, .leftOut(.asset)),
    Case("GET", "/about", 308, .leftOut(.redirect)),
    Case("GET", "/", 206, .leftOut(.asset)),
    Case("GET", "/about/", 404, .leftOut(.error)),
    Case("GET", "/", 499, .leftOut(.error)),
    Case("GET", "/", 0, .leftOut(.error)),
    Case("GET", "/favicon.svg", 200, .leftOut(.asset)),
    Case("GET", "/contact.vcf", 200, .leftOut(.asset)),
    Case("GET", "/contact.vcf?via=qr", 200, .scan),
    Case("GET", "/contact.vcf?via=qrx", 200, .leftOut(.asset)),
    Case("GET", "/l/abc", 302, .click(code: "abc")),
    Case("GET", "/l/abc?via=qr", 307, .click(code: "abc")),
    Case("GET", "/l/A-b_9", 308, .click(code: "A-b_9")),
    Case("GET", "/l/abc", 404, .leftOut(.error)),
    Case("GET", "/l/abc", 200, .leftOut(.asset)),
    Case("GET", "/l/", 200, .view(path: "l")),
    Case("GET", "/l/a/b", 302, .leftOut(.redirect)),
    Case("HEAD", "/", 200, .leftOut(.head)),
    Case("POST", "/", 405, .leftOut(.method)),
    Case("get", "/", 200, .leftOut(.method)),
    Case("GET", "", 200, .leftOut(.asset)),
    Case("GET", "http://x/", 200, .leftOut(.asset)),
  ]

  @Test("Methods, paths and statuses", arguments: cases)
  func hits(_ request: Case) throws {
    let line = try Self.line(
      "\"method\":\"\(request.method)\",\"uri\":\"\(request.uri)\",\"status\":\(request.status)")
    #expect(Hit(line, Self.browser) == request.hit)
    if request.method == "GET" { #expect(Hit(line, .bot) == .leftOut(.bot)) }
  }

  @Test(
    "What was fetched ahead is no view", arguments: ["prefetch", "prefetch;prerender", "prefetchprefetch", "preview"])
  func prefetched(_ purpose: String) throws {
    let line = try Self.line(#""method":"GET","uri":"/","status":200,"purpose":"\#(purpose)""#)
    #expect(Hit(line, Self.browser) == .leftOut(.prefetch))
  }

  @Test("A day is one in UTC, whatever the server's own clock says")
  func days() throws {
    let text = #"{"time":"2026-11-22T00:30:00+01:00","host":"a","address":"b","method":"GET","uri":"/","status":200}"#
    #expect(AccessLine(Array(text.utf8))?.day == CivilDay("2026-11-21"))
  }
}
