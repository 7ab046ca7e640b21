import Testing

@testable import HTTPClient

@Suite struct RedirectTests {
  /// Redirects by what it is asked for: `/302/to` by 302 to `/to`; anything else it answers.
  private static func server(_ other: String = "") throws -> RawServer {
    try RawServer { connection in
      while let request = connection.readRequest() {
        let path = request.split(separator: " ")[1].dropFirst()
        let parts = path.split(separator: "/", maxSplits: 1)
        if let status = parts.first.flatMap({ Int($0) }) {
          let location = parts[1] == "elsewhere" ? other : parts[1].contains(":") ? String(parts[1]) : "/\(parts[1])"
          connection.write("HTTP/1.1 \(status) Go\r\nLocation: \(location)\r\nContent-Length: 0\r\n\r\n")
        } else {
          connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
      }
    }
  }

  private func client(_ redirects: Int) -> HTTPClient { HTTPClient { $0.redirects = redirects } }

  @Test func `by default a redirect is an answer`() throws {
    let server = try Self.server()
    let response = try HTTPClient().get(server.origin + "/302/to")
    #expect(response.status == 302)
    #expect(response.header("location") == "/to")
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [
    ("GET", 301, "GET"), ("GET", 302, "GET"), ("GET", 303, "GET"), ("GET", 307, "GET"), ("GET", 308, "GET"),
    ("HEAD", 302, "HEAD"), ("HEAD", 303, "HEAD"), ("POST", 301, "GET"), ("POST", 302, "GET"), ("POST", 303, "GET"),
    ("POST", 307, "POST"), ("POST", 308, "POST"), ("PUT", 301, "PUT"), ("PUT", 302, "PUT"), ("PUT", 303, "GET"),
    ("PUT", 307, "PUT"), ("DELETE", 303, "GET"), ("DELETE", 308, "DELETE"),
  ])
  func `a redirect changes the method as RFC 9110 says`(_ method: String, _ status: Int, _ then: String) throws {
    let server = try Self.server()
    let body = ["POST", "PUT"].contains(method) ? Array("abc".utf8) : nil
    let headers = [("Content-Type", "text/x"), ("X-Kept", "yes")]
    let response = try client(1).send(
      Request(method, "\(server.origin)/\(status)/to", headers: headers, body: body))
    #expect(response.status == 200)
    let request = try #require(server.requests.last)
    #expect(request.hasPrefix("\(then) /to HTTP/1.1\r\n"))
    #expect(request.contains("X-Kept: yes"))
    #expect(request.contains("Content-Type: text/x") == (method == then))
    #expect(request.hasSuffix("\r\n\r\n" + (method == then && body != nil ? "abc" : "")))
    #expect(request.contains("Content-Length") == (method == then && body != nil))
  }

  @Test func `as many are followed as allowed, and no more`() throws {
    let server = try Self.server()
    #expect(try client(3).get(server.origin + "/302/301/307/to?q=1#part").status == 200)
    #expect(server.requests.map { $0.split(separator: " ")[1] }.last == "/to?q=1")
    #expect(client(2).failure(server.origin + "/302/301/307/to") == .tooManyRedirects)
    #expect(server.requests.count == 4 + 3)
  }

  @Test func `a circle of redirects ends`() throws {
    let server = try RawServer { connection in
      while connection.readRequest() != nil {
        connection.write("HTTP/1.1 302 Found\r\nLocation: again\r\nContent-Length: 0\r\n\r\n")
      }
    }
    #expect(client(10).failure(server.origin + "/") == .tooManyRedirects)
    #expect(server.requests.count == 11)
  }

  @Test func `another origin is not told who asks, nor under which name`() throws {
    let other = try Self.server()
    let server = try Self.server(other.origin + "/307/to")
    let headers = [("authorization", "Bearer secret"), ("Cookie", "a=secret"), ("Host", "secret.example")]
    _ = try client(3).send(Request("POST", server.origin + "/307/308/elsewhere", headers: headers, body: [65]))
    #expect(server.requests.count == 2)
    #expect(server.requests.allSatisfy { $0.split(separator: "secret").count == 4 })
    #expect(other.requests.count == 2)
    #expect(other.requests.allSatisfy { $0.hasSuffix("\r\n\r\nA") && !$0.contains("secret") })
  }

  @Test(arguments: ["file:///etc/passwd", "ftp://127.0.0.1/", "http://user:word@127.0.0.1/", "http://127.0.0.1:x/"])
  func `a redirect to what no request may name is refused`(_ location: String) throws {
    let server = try Self.server()
    #expect(client(5).failure("\(server.origin)/302/\(location)")?.kind == "invalidURL")
    #expect(server.requests.count == 1)
  }

  @Test(arguments: ["300 Multiple Choices\r\nLocation: /to", "302 Found", "302 Found\r\nLocation:"])
  func `a redirect that leads nowhere is an answer`(_ head: String) throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.write("HTTP/1.1 \(head)\r\nContent-Length: 0\r\n\r\n")
    }
    #expect((300...302).contains(try client(5).get(server.origin + "/").status))
    #expect(server.requests.count == 1)
  }

  @Test func `a redirect's spaces and other letters are encoded`() throws {
    let server = try Self.server("/to here/ü")
    #expect(try client(2).get(server.origin + "/302/elsewhere").status == 200)
    #expect(server.requests.last?.hasPrefix("GET /to%20here/%c3%bc HTTP/1.1\r\n") == true)
  }
}
