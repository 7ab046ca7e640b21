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

  @Test(
    "Methods, paths and statuses",
    arguments: [
      ("GET", "/", 200, .view(path: "")), ("GET", "/", 304, .view(path: "")), ("GET", "/?a=b", 200, .view(path: "")),
      ("GET", "/about/", 200, .view(path: "about")), ("GET", "/en/about/", 200, .view(path: "en/about")),
      ("GET", "/About/", 200, .leftOut(.asset)), ("GET", "/%61bout/", 200, .leftOut(.asset)),
      ("GET", "/about", 308, .leftOut(.redirect)), ("GET", "/", 206, .leftOut(.asset)),
      ("GET", "/about/", 404, .leftOut(.error)), ("GET", "/", 499, .leftOut(.error)), ("GET", "/", 0, .leftOut(.error)),
      ("GET", "/favicon.svg", 200, .leftOut(.asset)), ("GET", "/contact.vcf", 200, .leftOut(.asset)),
      ("GET", "/contact.vcf?via=qr", 200, .scan), ("GET", "/contact.vcf?via=qrx", 200, .leftOut(.asset)),
      ("GET", "/l/abc", 302, .click(code: "abc")), ("GET", "/l/abc?via=qr", 307, .click(code: "abc")),
      ("GET", "/l/A-b_9", 308, .click(code: "A-b_9")), ("GET", "/l/abc", 404, .leftOut(.error)),
      ("GET", "/l/abc", 200, .leftOut(.asset)), ("GET", "/l/", 200, .view(path: "l")),
      ("GET", "/l/a/b", 302, .leftOut(.redirect)),
      ("HEAD", "/", 200, .leftOut(.head)), ("POST", "/", 405, .leftOut(.method)), ("get", "/", 200, .leftOut(.method)),
      ("GET", "", 200, .leftOut(.asset)), ("GET", "http://x/", 200, .leftOut(.asset)),
    ] as [(String, String, Int, Hit)])
  func hits(_ method: String, _ uri: String, _ status: Int, _ hit: Hit) throws {
    let line = try Self.line("\"method\":\"\(method)\",\"uri\":\"\(uri)\",\"status\":\(status)")
    #expect(Hit(line, Self.browser) == hit)
    if method == "GET" { #expect(Hit(line, .bot) == .leftOut(.bot)) }
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
