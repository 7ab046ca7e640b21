import Support
import Testing

@testable import HTTPClient

@Suite struct RequestTests {
  @Test(arguments: [
    ("GET", nil, "GET / //"), ("HEAD", nil, "HEAD / //"), ("DELETE", nil, "DELETE / //"),
    ("OPTIONS", nil, "OPTIONS / //"),
    ("POST", nil, "POST / //0"), ("PUT", nil, "PUT / //0"), ("PATCH", nil, "PATCH / //0"),
    ("POST", "abc", "POST / //3"), ("PUT", "abc", "PUT / //3"), ("DELETE", "abc", "DELETE / //3"),
    ("QUERY", "abc", "QUERY / //3"), ("GET", "abc", "GET / //3"),
  ])
  func `each method is sent as it is, with the body's length and no type of its own`(
    _ method: String, _ body: String?, _ seen: String
  ) throws {
    let server = try RawServer { connection in
      guard let request = connection.readRequest() else { return }
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(request.hasPrefix("HEAD") ? 9 : 2)\r\n\r\n")
      if !request.hasPrefix("HEAD") { connection.write("ok") }
    }
    let response = try HTTPClient().send(
      Request(method, server.origin + "/", body: body.map { Array($0.utf8) }))
    #expect(response.status == 200)
    #expect(response.text == (method == "HEAD" ? "" : "ok"))
    let request = try #require(server.requests.first)
    let length = request.firstMatch(of: /Content-Length: ([0-9]+)/).map { String($0.1) } ?? ""
    #expect("\(request.prefix { $0 != " " }) / //\(length)" == seen)
    #expect(!request.contains("Content-Type") && !request.contains("Expect"))
    #expect(request.hasSuffix("\r\n\r\n" + (body ?? "")))
  }

  @Test func `a large body is sent at once, with the fields of the caller, empty ones too`() throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.write("HTTP/1.1 204 No Content\r\n\r\n")
    }
    let body = [UInt8](repeating: 65, count: 3 << 20)
    let headers = [("Content-Type", "text/x"), ("X-Empty", ""), ("x-Tab", "a\tb"), ("User-Agent", "mine")]
    let response = try HTTPClient().send(
      Request("POST", server.origin + "/", headers: headers, body: body))
    #expect(response.status == 204)
    let request = try #require(server.requests.first)
    for line in ["Content-Type: text/x", "X-Empty:", "x-Tab: a\tb", "User-Agent: mine"] {
      #expect(request.contains("\r\n\(line)\r\n"))
    }
    #expect(request.utf8.count > body.count)
    #expect(!request.contains("Expect:"))
  }

  @Test(arguments: [
    ("a\r\nX-Other: 1", "v"), ("", "v"), ("a b", "v"), ("a:", "v"), ("é", "v"), ("a\0", "v"), ("a;", "v"),
    ("a", "v\r\nX-Other: 1"), ("a", "v\n"), ("a", "\r"), ("a", "v\0w"), ("a", "\u{7F}"),
    ("Content-Length", "0"), ("transfer-encoding", "chunked"), ("Connection", "close"), ("Expect", "100-continue"),
  ])
  func `a header field that could say something else is refused`(_ name: String, _ value: String) throws {
    let failure = HTTPClient().failure(Request("GET", "http://127.0.0.1:1/", headers: [(name, value)]))
    #expect(failure?.kind == "invalidRequest")
  }

  @Test(arguments: ["", "GET /x HTTP/1.1\r\nA:", "GE T", "CONNECT", "TRACE", "G\0"])
  func `a method that is none is refused`(_ method: String) {
    #expect(HTTPClient().failure(Request(method, "http://127.0.0.1:1/"))?.kind == "invalidRequest")
  }

  @Test(arguments: [
    "", "/path", "example.org", "//example.org/", "http://", "ftp://example.org/", "file:///etc/passwd",
    "gopher://127.0.0.1:1/x", "dict://127.0.0.1/", "http://user@127.0.0.1/", "http://user:word@127.0.0.1/",
    "http://@127.0.0.1/", "http://127.0.0.1:99999/", "http://127.0.0.1:x/", "http://a b/", "http://[::1/",
    "http://127.0.0.1:1/\r\nX: 1", "http://127.0.0.1:1/\0", "http://example.org\\@127.0.0.1/",
  ])
  func `a URL other than plain http and https is refused`(_ url: String) {
    #expect(HTTPClient().failure(url)?.kind == "invalidURL")
  }

  @Test func `only the last answer's fields count, in lower case, unfolded, without trailers`() throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.write("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\nX-One: no\r\n\r\n")
      connection.write("HTTP/1.1 200 OK\r\nX-ONE:  a b \r\nX-Two: c\r\n  d\r\nX-One: e\r\nX-Empty:\r\n")
      connection.write("Transfer-Encoding: chunked\r\nTrailer: X-Late\r\n\r\n2\r\nok\r\n0\r\nX-Late: 1\r\n\r\n")
    }
    let response = try HTTPClient().get(server.origin + "/")
    #expect(response.status == 200)
    #expect(response.text == "ok")
    #expect(
      response.headers.map { "\($0.name)=\($0.value)" }.filter { $0.hasPrefix("x-") }
        == ["x-one=a b", "x-two=c d", "x-one=e", "x-empty="])
    #expect(response.header("x-one") == "a b")
    #expect(response.header("x-late") == nil)
  }

  @Test func `what was never sent is told from what may have been`() {
    let unsent: [HTTPClientError] = [
      .invalidURL(""), .invalidRequest(""), .refusedAddress(""), .connect(""), .tls(""), .busy,
    ]
    let sent: [HTTPClientError] = [.timeout, .interrupted(""), .tooLarge, .tooManyRedirects]
    #expect(unsent.allSatisfy { $0.isUnsent })
    #expect(!sent.contains { $0.isUnsent })
  }
}
