import FastCGI
import Foundation
import HTTP
import Support
import Testing

extension FastCGITests {
  @Suite struct KeptConnections {
    @Test func nginxKeepsAFewConnectionsForManyRequests() throws {
      let running = try RunningServer.echo()
      let nginx = try NginxServer(fastCGI: running.socket)
      DispatchQueue.concurrentPerform(iterations: 8) { _ in
        guard let client = try? WebClient(port: nginx.port) else { return }
        for number in 0..<500 {
          let body = number % 3 == 0 ? [UInt8](repeating: 7, count: number) : nil
          let answer = client.exchange(body == nil ? "GET" : "POST", "/a/\(number)", body: body)
          #expect(answer?.text == "\(body == nil ? "GET" : "POST") /a/\(number) \(body?.count ?? 0)")
        }
      }
      #expect(running.server.statistics.requests == 4000)
      #expect(running.server.statistics.broken == 0)
      // One for each client at most, give or take one that nginx opened while another was about to become free; none
      // when a few have served all, for nginx closes each after a thousand.
      #expect(running.server.statistics.connections <= 16)
    }

    @Test func manyRequestsOnOneRawConnection() throws {
      let running = try RunningServer.echo(workers: 2)
      let client = try RawClient(running.socket)
      for number in 0..<1000 {
        let answer = client.exchange(
          Records.request("PUT", "/\(number)", body: [UInt8](repeating: 1, count: number * 7)))
        #expect(answer?.body == "PUT /\(number) \(number * 7)")
      }
      #expect(running.server.statistics.connections == 1)
    }

    @Test func thousandsOfIdleConnectionsCostNoWorker() throws {
      var limit = rlimit()
      getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      limit.rlim_cur = limit.rlim_max
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      let running = try RunningServer.echo(workers: 2)
      let clients = try (0..<2500).map { _ in try RawClient(running.socket) }
      for client in clients { #expect(client.exchange(Records.request())?.body == "GET / 0") }
      #expect(running.server.statistics.connections == 2500)

      let nginx = try NginxServer(fastCGI: running.socket)
      let client = try WebClient(port: nginx.port)
      let start = Date()
      for _ in 0..<500 { #expect(client.exchange()?.status == 200) }
      #expect(Date().timeIntervalSince(start) < 5)

      for client in clients { #expect(client.exchange(Records.request("GET", "/again"))?.body == "GET /again 0") }
      #expect(running.server.statistics.broken == 0)
    }

    @Test func aPeerThatWantsNoKeptConnectionGetsItsEnd() throws {
      let running = try RunningServer.echo()
      let client = try RawClient(running.socket)
      #expect(client.exchange(Records.request(keep: false))?.isClosing == false)
      #expect(client.isClosedByServer())
      #expect(eventually { running.server.statistics.connections == 0 })
    }

    @Test func moreConnectionsThanAllowedWait() throws {
      let running = try RunningServer.echo { $0.maximumConnections = 3 }
      var clients = try (0..<4).map { _ in try RawClient(running.socket) }
      for client in clients.dropLast() { #expect(client.exchange(Records.request())?.body == "GET / 0") }
      clients[3].send(Records.request("GET", "/waited"))
      #expect(eventually { running.events.all.contains(.connectionsFull) })
      #expect(running.server.statistics.connections == 3)
      let last = clients.removeLast()
      clients.removeAll()
      #expect(last.receive()?.body == "GET /waited 0")
    }
  }
}
