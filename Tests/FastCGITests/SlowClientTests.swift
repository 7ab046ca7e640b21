import FastCGI
import Foundation
import HTTP
import Support
import Testing

extension FastCGITests {
  @Suite struct SlowClients {
    @Test func stalledRequestsLoseTheirWorkers() throws {
      let running = try RunningServer.echo(workers: 2) { $0.receiveTimeoutSeconds = 1 }
      let half = Records.request("POST", "/", body: [UInt8](repeating: 1, count: 500)).dropLast(300)
      let stalled = try (0..<4).map { _ in try RawClient(running.socket) }
      for client in stalled { client.send(Array(half)) }
      let client = try RawClient(running.socket)
      #expect(client.exchange(Records.request("GET", "/next"))?.body == "GET /next 0")
      for client in stalled { #expect(client.isClosedByServer()) }
    }

    @Test func aDrippingRequestIsCut() throws {
      let running = try RunningServer.echo(workers: 1) {
        $0.receiveTimeoutSeconds = 5
        $0.requestTimeoutSeconds = 1
      }
      let slow = try RawClient(running.socket)
      // A byte every 50 ms would take minutes; no single read waits for long.
      let bytes = Records.request("POST", "/", body: [UInt8](repeating: 1, count: 5000))
      let start = Date()
      var sent = 0
      while sent < bytes.count, slow.send([bytes[sent]]) {
        sent += 1
        usleep(50_000)
      }
      #expect(sent < bytes.count)
      #expect(Date().timeIntervalSince(start) < 6)
      #expect(try RawClient(running.socket).exchange(Records.request())?.body == "GET / 0")
    }

    @Test func aReaderThatStallsIsGivenUp() throws {
      let large = [UInt8](repeating: 1, count: 20 << 20)
      let running = try RunningServer(
        workers: 1, configure: { $0.sendTimeoutSeconds = 1 },
        handler: { Response(.ok, body: $0.path == "/large" ? .bytes(large) : .text("small")) })
      let stalled = try RawClient(running.socket)
      stalled.send(Records.request("GET", "/large"))
      #expect(try RawClient(running.socket).exchange(Records.request("GET", "/small"))?.body == "small")
      #expect(running.server.statistics.broken == 1)
    }

    @Test func anIdleConnectionIsNotCut() throws {
      let running = try RunningServer.echo {
        $0.receiveTimeoutSeconds = 1
        $0.requestTimeoutSeconds = 1
      }
      let client = try RawClient(running.socket)
      #expect(client.exchange(Records.request())?.body == "GET / 0")
      usleep(3_200_000)
      #expect(client.exchange(Records.request("GET", "/later"))?.body == "GET /later 0")
    }
  }
}
