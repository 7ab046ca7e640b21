import Foundation
import Support
import Synchronization
import Testing

@testable import HTTPClient

@Suite struct ConnectionTests {
  @Test func `one after the other, requests use one connection`() throws {
    let nginx = try NginxServer.echo()
    let client = HTTPClient()
    let responses = try (0..<50).map { _ in try client.get(nginx.origin) }
    #expect(Set(responses.map { $0.header("x-connection") }).count == 1)
    #expect(responses.map { $0.header("x-requests") } == (1...50).map { "\($0)" })
  }

  @Test func `in turn, two servers keep a connection each`() throws {
    let servers = [try NginxServer.echo(), try NginxServer.echo()]
    let client = HTTPClient()
    for count in 1...20 {
      for server in servers { #expect(try client.get(server.origin).header("x-requests") == "\(count)") }
    }
  }

  @Test func `of 32 threads no more than 16 are outside at once, and all are served`() throws {
    let nginx = try NginxServer.echo()
    let client = HTTPClient { $0.connections = 16 }
    let counts = onThreads(32) { _ in
      (0..<100).compactMap { _ in try? client.get(nginx.origin).header("x-connection") }
    }
    #expect(counts.allSatisfy { $0.count == 100 })
    #expect(Set(counts.joined()).count <= 16)
  }

  @Test func `beyond the limit a caller waits no longer than it says`() throws {
    let reached = DispatchSemaphore(value: 0)
    let server = try RawServer { connection in
      connection.readRequest()
      reached.signal()
      connection.hold()
    }
    let client = HTTPClient { configuration in
      configuration.connections = 1
      configuration.waitMilliseconds = 100
    }
    let url = server.origin + "/"
    let first = Thread { _ = client.failure(url) }
    first.start()
    reached.wait()
    let waited = milliseconds { #expect(client.failure(url) == .busy) }
    #expect((90..<1000).contains(waited))
    server.shut()
  }

  @Test func `one connection, where no more are allowed, serves several servers in turn`() throws {
    let servers = [try NginxServer.echo(), try NginxServer.echo()]
    let client = HTTPClient { $0.connections = 1 }
    for _ in 0..<5 {
      for server in servers { #expect(try client.get(server.origin).text == "hello") }
    }
  }

  @Test func `a connection that has been idle for too long is closed`() throws {
    let nginx = try NginxServer.echo()
    let closed = DispatchSemaphore(value: 0)
    let server = try RawServer { connection in
      connection.readRequest()
      connection.write("HTTP/1.1 204 No Content\r\n\r\n")
      connection.hold()
      closed.signal()
    }
    let client = HTTPClient { $0.idleMilliseconds = 1 }
    _ = try client.get(server.origin + "/")
    // Another server's request finds the connection old.
    let isClosed = (0..<1000).contains { _ in
      _ = try? client.get(nginx.origin)
      return closed.wait(timeout: .now() + 0.001) == .success
    }
    #expect(isClosed)
  }

  @Test func `a server that has closed a kept connection is not noticed`() throws {
    let closed = DispatchSemaphore(value: 0)
    let server = try RawServer { connection in
      connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
      connection.finish()
      closed.signal()
    }
    let client = HTTPClient()
    for _ in 0..<20 {
      #expect(try client.send(Request("POST", server.origin + "/", body: [1])).text == "ok")
      closed.wait()
    }
    #expect(server.requests.count == 20)
  }

  @Test func `nobody there, no name and no connection are told as unsent`() throws {
    let client = HTTPClient()
    #expect(client.failure("http://127.0.0.1:\(try freePort())/")?.kind == "connect")
    #expect(client.failure("http://nowhere.invalid/")?.kind == "connect")
  }

  @Test(arguments: ["close", "reset", "half a head", "half a body", "no HTTP", "bad compression"])
  func `a connection that breaks after the request leaves it open whether it had its effect`(_ how: String) throws {
    let server = try RawServer { connection in
      connection.readRequest()
      switch how {
      case "reset": connection.reset()
      case "half a head": connection.write("HTTP/1.1 200 OK\r\nContent-")
      case "half a body": connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
      case "no HTTP": connection.write("hello there, this is something else\r\n\r\n")
      case "bad compression":
        connection.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope")
      default: break
      }
    }
    for method in ["GET", "POST"] {
      let failure = HTTPClient().failure(Request(method, server.origin + "/"))
      #expect(failure?.kind == "interrupted")
      #expect(failure?.isUnsent == false)
    }
    #expect(server.requests.count == 2)
  }

  /// Answers the first request of each connection, and closes at the second without an answer.
  private static func forgetful() throws -> RawServer {
    try RawServer { connection in
      connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
      connection.readRequest()
    }
  }

  @Test func `a kept connection that closes at a request: what must not happen twice is not sent twice`() throws {
    let server = try Self.forgetful()
    let client = HTTPClient()
    let url = server.origin + "/"
    #expect(try client.get(url).text == "ok")
    #expect(client.failure(Request("POST", url, body: [1]))?.kind == "interrupted")
    #expect(server.requests.count == 2)
  }

  @Test(arguments: [("GET", nil), ("PUT", nil), ("POST", "key")])
  func `a kept connection that closes at a request: what may be sent again is`(_ method: String, _ key: String?) throws
  {
    let server = try Self.forgetful()
    let client = HTTPClient()
    let url = server.origin + "/"
    #expect(try client.get(url).text == "ok")
    #expect(
      try client.send(Request(method, url, headers: key.map { [("Idempotency-Key", $0)] } ?? [])).text == "ok")
    #expect(server.requests.count == 3)
  }
}
