import Support
import Testing

@testable import HTTPClient

@Suite struct RedirectTests {
  private let nginx: NginxServer
  private let other: NginxServer

  init() throws {
    let other = try NginxServer.echo()
    self.other = other
    nginx = try .echo(
      """
      location = /301 { return 301 /to; }
      location = /302 { return 302 /to; }
      location = /303 { return 303 /to; }
      location = /307 { return 307 /to; }
      location = /308 { return 308 /to; }
      location = /elsewhere { return 307 \(other.origin)/to; }
      location = /loop { return 302 /loop; }
      location = /one { return 302 /two; }
      location = /two { return 302 /three; }
      location = /three { return 302 to?q=1#part; }
      location = /file { return 302 file:///etc/passwd; }
      location = /credentials { return 302 http://user:word@127.0.0.1:\(other.port)/; }
      location = /space { return 302 "/to here"; }
      """)
  }

  private func client(_ redirects: Int) -> HTTPClient { HTTPClient { $0.redirects = redirects } }

  @Test func `by default a redirect is an answer`() throws {
    let response = try HTTPClient().get(nginx.origin + "/302")
    #expect(response.status == 302)
    #expect(response.header("location")?.hasSuffix("/to") == true)
  }

  @Test(arguments: [
    ("GET", 301, "GET"), ("GET", 303, "GET"), ("GET", 308, "GET"), ("HEAD", 302, "HEAD"), ("HEAD", 303, "HEAD"),
    ("POST", 301, "GET"), ("POST", 302, "GET"), ("POST", 303, "GET"), ("POST", 307, "POST"), ("POST", 308, "POST"),
    ("PUT", 301, "PUT"), ("PUT", 303, "GET"), ("PUT", 307, "PUT"), ("DELETE", 303, "GET"), ("DELETE", 308, "DELETE"),
  ])
  func `a redirect changes the method as RFC 9110 says`(_ method: String, _ status: Int, _ then: String) throws {
    let body: [UInt8]? = ["POST", "PUT"].contains(method) ? [1, 2, 3] : nil
    let response = try client(1).send(
      Request(method, "\(nginx.origin)/\(status)", headers: [("Content-Type", "text/x")], body: body))
    let keeps = method == then
    #expect(
      response.header("x-seen")
        == "\(then) /to /\(keeps ? "text/x" : "")/\(keeps && body != nil ? "3" : "")")
  }

  @Test func `as many are followed as allowed, and no more`() throws {
    #expect(try client(3).get(nginx.origin + "/one").header("x-seen") == "GET /to //")
    #expect(client(2).failure(nginx.origin + "/one") == .tooManyRedirects)
    #expect(client(10).failure(nginx.origin + "/loop") == .tooManyRedirects)
  }

  @Test func `another origin is not told who asks`() throws {
    let headers = [("Authorization", "Bearer secret"), ("Cookie", "a=b")]
    #expect(try client(1).get(nginx.origin + "/302", headers: headers).header("x-seen") == "GET /to Bearer secret//")
    #expect(try client(1).get(nginx.origin + "/elsewhere", headers: headers).header("x-seen") == "GET /to //")
  }

  @Test(arguments: ["file", "credentials"])
  func `a redirect to what no request may name is refused`(_ path: String) {
    #expect(client(5).failure("\(nginx.origin)/\(path)")?.kind == "invalidURL")
  }

  @Test(arguments: ["300 Multiple Choices\r\nLocation: /to", "302 Found", "302 Found\r\nLocation:"])
  func `a redirect that leads nowhere is an answer`(_ head: String) throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.write("HTTP/1.1 \(head)\r\nContent-Length: 0\r\n\r\n")
    }
    #expect((300...302).contains(try client(5).get("http://127.0.0.1:\(server.port)/").status))
    #expect(server.requests.count == 1)
  }

  @Test func `a space in a redirect is encoded`() throws {
    #expect(try client(1).get(nginx.origin + "/space").header("x-seen") == "GET /to here //")
  }
}
