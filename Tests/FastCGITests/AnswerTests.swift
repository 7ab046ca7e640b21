import FastCGI
import Foundation
import HTTP
import Support
import Testing

extension FastCGITests {
  @Suite struct Answers {
    /// Sizes around the ends of records and buffers, and one that no buffer holds.
    @Test(arguments: [0, 1, 7, 8, 220, 10_000, 65_400, 65_528, 65_529, 131_056, 131_057, 20 << 20])
    func everySizeArrivesWhole(length: Int) throws {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
      let running = try RunningServer { request in
        switch request.path {
        case "/bytes": Response(.ok, body: .bytes(bytes))
        default: Response(.ok, body: .slice(([1, 2] + bytes)[2...]))
        }
      }
      let nginx = try NginxServer(fastCGI: running.socket)
      let client = try WebClient(port: nginx.port)
      for path in ["/bytes", "/slice", "/bytes"] {
        let answer = client.exchange("GET", path)
        #expect(answer?.status == 200)
        #expect(answer?.header("Content-Length") == String(length))
        #expect(answer?.body == bytes)
      }
      #expect(running.server.statistics.broken == 0)
    }

    @Test func headKeepsTheLengthOfGet() throws {
      let running = try RunningServer { _ in Response(.ok, body: .text("twelve bytes")) }
      let raw = try RawClient(running.socket)
      let answer = raw.exchange(Records.request("HEAD"))
      #expect(answer?.output == "Status: 200 OK\r\nContent-Length: 12\r\n\r\n")
      let nginx = try NginxServer(fastCGI: running.socket)
      let client = try WebClient(port: nginx.port)
      #expect(client.exchange("HEAD")?.header("Content-Length") == "12")
      #expect(client.exchange("GET")?.text == "twelve bytes")
    }

    @Test(arguments: [204, 304])
    func statusWithoutContentSendsNone(code: Int) throws {
      let running = try RunningServer { _ in Response(Status(code), headers: ["ETag": "\"1\""], body: .text("no")) }
      let raw = try RawClient(running.socket)
      let head = "Status: \(code) \(Status(code).reason)\r\nETag: \"1\"\r\n\r\n"
      #expect(raw.exchange(Records.request())?.output == head)
      let nginx = try NginxServer(fastCGI: running.socket)
      let client = try WebClient(port: nginx.port)
      for _ in 0..<3 { #expect(client.exchange()?.status == code) }
    }

    @Test func aLengthThatTheHandlerSetStands() throws {
      let running = try RunningServer { _ in Response(.ok, headers: ["content-length": "5000"]) }
      let raw = try RawClient(running.socket)
      #expect(raw.exchange(Records.request("HEAD"))?.output == "Status: 200 OK\r\ncontent-length: 5000\r\n\r\n")
    }

    @Test func parametersArriveAsSent() throws {
      let long = String(repeating: "ä", count: 40_000)
      let running = try RunningServer { request in
        Response(
          .ok,
          body: .text(
            [
              request.host, request.query.description, request.parameter("HTTP_COOKIE") ?? "-",
              request.parameter("HTTP_COOK") ?? "-", request.parameter("HTTP_EMPTY") ?? "-",
              String(request.parameter("HTTP_LONG")?.count ?? -1), request.parameter("TWICE") ?? "-",
            ].joined(separator: "|")))
      }
      let answer = try RawClient(running.socket).exchange(
        Records.request(
          "GET", "/x?a=b",
          parameters: [
            ("HTTP_COOKIE", "a=1"), ("HTTP_EMPTY", ""), ("HTTP_LONG", long), ("TWICE", "first"), ("TWICE", "second"),
          ]))
      #expect(answer?.body == "example.org|a=b|a=1|-||40000|first")
    }

    @Test func aClientThatGoesAwayCostsNothing() throws {
      let large = [UInt8](repeating: 1, count: 20 << 20)
      let running = try RunningServer(workers: 2) { request in
        Response(.ok, body: request.path == "/large" ? .bytes(large) : .text("small"))
      }
      for _ in 0..<20 { try RawClient(running.socket).send(Records.request("GET", "/large")) }
      let nginx = try NginxServer(fastCGI: running.socket)
      for _ in 0..<20 { try WebClient(port: nginx.port).send(Array("GET /large HTTP/1.1\r\nHost: a\r\n\r\n".utf8)) }
      let client = try WebClient(port: nginx.port)
      for _ in 0..<20 { #expect(client.exchange("GET", "/small")?.text == "small") }
      #expect(eventually { running.server.statistics.broken >= 20 })
      #expect(eventually { running.server.statistics.busyWorkers == 0 })
    }
  }
}
