import FastCGI
import Foundation
import HTTP
import Synchronization
import Testing

extension FastCGITests {
  @Suite struct QueueDeadlines {
    private func request(ageMilliseconds: Int64) -> [UInt8] {
      let received = Instant.now.milliseconds - ageMilliseconds
      return Records.request(
        parameters: [("REQUEST_RECEIVED_MSEC", "\(received / 1000).\(String(1000 + received % 1000).dropFirst())")])
    }

    @Test func aRequestThatWaitedTooLongIsRefusedUnworked() throws {
      let handled = Mutex(0)
      let running = try RunningServer(
        configure: { $0.maximumQueueMilliseconds = 2000 },
        overloaded: { _ in Response(.serviceUnavailable, headers: ["Retry-After": "1"], body: .text("full")) },
        handler: { _ in
          handled.withLock { $0 += 1 }
          return Response(.ok, body: .text("done"))
        })
      let client = try RawClient(running.socket)
      let late = client.exchange(request(ageMilliseconds: 5000))
      #expect(late?.output == "Status: 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 4\r\n\r\nfull")
      #expect(handled.withLock { $0 } == 0)
      #expect(client.exchange(request(ageMilliseconds: 10))?.body == "done")
      // A clock that was set back makes no request late.
      #expect(client.exchange(request(ageMilliseconds: -60_000))?.body == "done")
      #expect(client.exchange(Records.request())?.body == "done")
      #expect(running.server.statistics.overloaded == 1)
      #expect(running.server.statistics.requests == 4)
      #expect(running.server.statistics.queueMicroseconds >= 5_000_000)
    }

    @Test func withoutALimitNothingIsTooLate() throws {
      let running = try RunningServer { _ in Response(.ok, body: .text("done")) }
      let client = try RawClient(running.socket)
      #expect(client.exchange(request(ageMilliseconds: 3_600_000))?.body == "done")
    }
  }
}
