import Support
import Testing

@testable import HTTPClient

@Suite struct CertificateTests {
  private let certificates: Certificates
  private let nginx: NginxServer
  private let ports: [String: UInt16]

  init() throws {
    let certificates = try Certificates.shared.get()
    var ports: [String: UInt16] = [:]
    var servers = ""
    for name in ["good", "elsewhere", "expired", "unknown", "old", "brief"] {
      let port = try freePort()
      ports[name] = port
      servers += """
        server {
          listen 127.0.0.1:\(port) ssl http2; \(certificates.lines(["old", "brief"].contains(name) ? "good" : name))
          \(name == "brief" ? "keepalive_requests 3;" : "")
          \(name == "old" ? "ssl_protocols TLSv1.1; ssl_ciphers ALL@SECLEVEL=0;" : "")
          \(NginxServer.echoLines) location / { return 200 "hello"; }
        }
        """
    }
    self.certificates = certificates
    self.ports = ports
    nginx = try .echo(http: servers)
  }

  private func url(_ server: String, host: String = "localhost") throws -> String {
    "https://\(host):\(try #require(ports[server]))/"
  }

  private var trusting: HTTPClient {
    HTTPClient { $0.certificateAuthorities = certificates.authority }
  }

  @Test(arguments: ["localhost", "127.0.0.1"])
  func `a certificate of the named authority is trusted, and HTTP/2 is used where it is offered`(_ host: String) throws
  {
    let client = trusting
    for count in 1...3 {
      let response = try client.get(url("good", host: host))
      #expect(response.text == "hello")
      #expect(response.header("x-protocol") == "HTTP/2.0")
      #expect(response.header("x-requests") == "\(count)")
    }
  }

  @Test func `connections that the server ends after some requests lose none`() throws {
    let client = trusting
    let url = try url("brief")
    let numbers = try (0..<30).map { _ in
      try client.send(Request("POST", url, body: [1])).header("x-requests")
    }
    #expect(numbers.allSatisfy { ["1", "2", "3"].contains($0) })
  }

  @Test func `32 threads share 16 connections by TLS`() throws {
    let client = HTTPClient { configuration in
      configuration.certificateAuthorities = certificates.authority
      configuration.waitMilliseconds = 10_000
    }
    let url = try url("good")
    let connections = onThreads(32) { _ in
      (0..<20).compactMap { _ in try? client.get(url).header("x-connection") }
    }
    #expect(connections.allSatisfy { $0.count == 20 })
    #expect(Set(connections.joined()).count <= 16)
  }

  @Test(arguments: ["elsewhere", "expired", "unknown", "old"])
  func `another host's, an expired, a stranger's certificate and an old protocol are refused`(_ server: String) throws {
    let failure = trusting.failure(try url(server))
    #expect(failure?.kind == "tls")
    #expect(failure?.isUnsent == true)
  }

  @Test func `without the authority nothing of it is trusted`() throws {
    #expect(HTTPClient().failure(try url("good"))?.kind == "tls")
  }

  @Test func `a file of authorities that is not there is no leave to trust everybody`() throws {
    let client = HTTPClient { $0.certificateAuthorities = "/nowhere/authorities.pem" }
    #expect(client.failure(try url("good"))?.kind == "tls")
  }

  @Test func `a server without TLS is not spoken to in clear`() throws {
    #expect(trusting.failure("https://127.0.0.1:\(nginx.port)/")?.kind == "tls")
  }

  @Test func `a redirect from https to http is not followed`() throws {
    let port = try freePort()
    let server = try NginxServer.echo(
      http: """
        server {
          listen 127.0.0.1:\(port) ssl; \(certificates.lines("good"))
          location / { return 302 http://127.0.0.1:\(nginx.port)/; }
        }
        """)
    let client = HTTPClient { configuration in
      configuration.certificateAuthorities = certificates.authority
      configuration.redirects = 3
    }
    #expect(client.failure("https://127.0.0.1:\(port)/")?.kind == "invalidURL")
    // The request itself was sent, and if it changes something that may have happened.
    #expect(client.failure(Request("POST", "https://127.0.0.1:\(port)/"))?.kind == "interrupted")
    _ = server
  }

  @Test func `a handshake that is broken off, or never answered, is no connection`() throws {
    let closing = try RawServer { _ in }
    #expect(HTTPClient().failure("https://127.0.0.1:\(closing.port)/")?.kind == "connect")
    let resetting = try RawServer { $0.reset() }
    #expect(HTTPClient().failure("https://127.0.0.1:\(resetting.port)/")?.kind == "connect")
    let silent = try RawServer { $0.hold() }
    let client = HTTPClient { $0.connectMilliseconds = 200 }
    #expect(client.failure("https://127.0.0.1:\(silent.port)/")?.kind == "connect")
    let hasty = HTTPClient { $0.totalMilliseconds = 200 }
    #expect(hasty.failure("https://127.0.0.1:\(silent.port)/")?.kind == "connect")
  }
}
