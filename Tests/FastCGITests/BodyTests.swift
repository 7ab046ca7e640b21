import FastCGI
import Foundation
import HTTP
import Support
import Synchronization
import Testing

extension FastCGITests {
  @Suite struct Bodies {
    @Test(arguments: [0, 1, 8191, 8192, 8193, 65_535, 65_536, 1_000_000])
    func aBodyThatNobodyReadLeavesTheConnectionUsable(length: Int) throws {
      let running = try RunningServer { _ in Response(.ok, body: .text("unread")) }
      let client = try RawClient(running.socket)
      for _ in 0..<3 {
        let answer = client.exchange(Records.request("POST", "/", body: [UInt8](repeating: 9, count: length)))
        #expect(answer?.body == "unread")
        #expect(answer?.isClosing == false)
      }
      #expect(running.server.statistics.connections == 1)
    }

    @Test(arguments: [(1 << 20, 200), ((1 << 20) + 1, 413), (5 << 20, 413)])
    func theLimitIsExact(length: Int, status: Int) throws {
      let running = try RunningServer.echo()
      let nginx = try NginxServer(fastCGI: running.socket)
      let client = try WebClient(port: nginx.port)
      #expect(client.exchange("POST", "/", body: [UInt8](repeating: 1, count: length))?.status == status)
      #expect(client.exchange()?.text == "GET / 0")
    }

    @Test func aBodyWithoutAnnouncedLengthIsLimitedToo() throws {
      let running = try RunningServer.echo()
      let client = try RawClient(running.socket)
      let chunk = Records.record(5, [UInt8](repeating: 1, count: 60_000))
      let begin = Records.begin() + Records.record(4, Records.pair("REQUEST_METHOD", "POST")) + Records.record(4, [])
      let small = client.exchange(begin + chunk + Records.record(5, []))
      #expect(small?.body == "POST / 60000")
      let large = client.exchange(begin + Array(repeatElement(chunk, count: 20).joined()) + Records.record(5, []))
      #expect(large?.output.hasPrefix("Status: 413 ") == true)
      #expect(client.exchange(Records.request())?.body == "GET / 0")
    }

    @Test func beyondTheBoundAnUnreadBodyCostsTheConnection() throws {
      let running = try RunningServer(
        configure: { $0.maximumUnreadBodyBytes = 100_000 }, handler: { _ in Response(.ok, body: .text("x")) })
      let client = try RawClient(running.socket)
      client.send(Records.request("POST", "/", body: [UInt8](repeating: 1, count: 200_000)))
      #expect(client.receive()?.isClosing == true)
      #expect(client.isClosedByServer())
    }

    @Test func aCutBodyIsAnErrorForTheHandler() throws {
      let outcome = Mutex("")
      let running = try RunningServer { request in
        do {
          _ = try request.body(limit: 1000)
          outcome.withLock { $0 = "read" }
        } catch is BodyReadError {
          outcome.withLock { $0 = "cut" }
        } catch {
          outcome.withLock { $0 = "\(error)" }
        }
        return Response(.ok)
      }
      let client = try RawClient(running.socket)
      client.send(Records.request("POST", "/", body: [UInt8](repeating: 1, count: 500)).dropLast(200))
      client.finishSending()
      #expect(client.isClosedByServer())
      #expect(outcome.withLock { $0 } == "cut")
    }

    @Test func aBodyOtherThanAnnouncedIsAnError() throws {
      let running = try RunningServer.echo()
      let client = try RawClient(running.socket)
      let head = Records.pair("REQUEST_METHOD", "POST") + Records.pair("CONTENT_LENGTH", "10")
      let answer = client.exchange(
        Records.begin() + Records.record(4, head) + Records.record(4, []) + Records.record(5, [1, 2, 3])
          + Records.record(5, []))
      #expect(answer?.output.hasPrefix("Status: 400 ") == true)
    }

    @Test func aSlowUploadArrivesWhole() throws {
      let running = try RunningServer.echo(workers: 1)
      let client = try RawClient(running.socket)
      let bytes = Records.request("POST", "/slow", body: [UInt8](repeating: 1, count: 3000))
      for start in stride(from: 0, to: bytes.count, by: 61) {
        client.send(Array(bytes[start..<min(start + 61, bytes.count)]))
        usleep(2_000)
      }
      #expect(client.receive()?.body == "POST /slow 3000")
    }
  }
}
