import FastCGI
import Foundation
import HTTP
import Support
import Synchronization
import Testing

extension FastCGITests {
  @Suite struct Drains {
    @Test func whatIsUnderWayIsAnsweredAndEndsItsConnection() throws {
      let entered = DispatchSemaphore(value: 0)
      let proceed = DispatchSemaphore(value: 0)
      let running = try RunningServer { _ in
        entered.signal()
        proceed.wait()
        return Response(.ok, body: .text("finished"))
      }
      let client = try RawClient(running.socket)
      client.send(Records.request())
      entered.wait()
      running.server.stop()
      #expect(eventually { running.events.all.contains(.draining(connections: 1)) })
      #expect(throws: POSIXError.self) { try RawClient(running.socket) }
      proceed.signal()
      let answer = client.receive()
      #expect(answer?.body == "finished")
      #expect(answer?.isClosing == true)
      #expect(client.isClosedByServer())
      running.server.wait()
      #expect(running.events.all.last == .stopped(cut: 0))
    }

    @Test func nginxLetsItsIdleConnectionsGoAtOnce() throws {
      let running = try RunningServer.echo { $0.drainSeconds = 30 }
      let nginx = try NginxServer(fastCGI: running.socket)
      let clients = try (0..<20).map { _ in try WebClient(port: nginx.port) }
      for client in clients { client.send(Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)) }
      for client in clients { #expect(client.receive(hasBody: true)?.status == 200) }
      #expect(running.server.statistics.connections > 0)
      let start = Date()
      running.stop()
      #expect(Date().timeIntervalSince(start) < 5)
      #expect(running.events.all.last == .stopped(cut: 0))
    }

    @Test func aConnectionStillServesARequestThatCameWithTheDrain() throws {
      let running = try RunningServer.echo()
      let client = try RawClient(running.socket)
      #expect(client.exchange(Records.request())?.body == "GET / 0")
      running.server.stop()
      #expect(eventually { running.events.all.contains(.draining(connections: 1)) })
      let answer = client.exchange(Records.request("POST", "/last", body: [1, 2, 3]))
      #expect(answer?.body == "POST /last 3")
      #expect(answer?.isClosing == true)
      #expect(client.isClosedByServer())
    }

    @Test func whoeverDoesNotLeaveIsCutAtTheDeadline() throws {
      let running = try RunningServer.echo { $0.drainSeconds = 1 }
      let client = try RawClient(running.socket)
      #expect(client.exchange(Records.request())?.body == "GET / 0")
      running.stop()
      #expect(running.events.all.last == .stopped(cut: 1))
      #expect(client.isClosedByServer())
    }

    /// Restarts behind nginx, with the socket held by the parent or replaced by each new process: no request fails, and
    /// none is done twice.
    @Test(arguments: [true, false])
    func twentyRestartsUnderLoadLoseNothing(isHeld: Bool) throws {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hold-\(UUID().uuidString.prefix(8))")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let path = folder.path + "/held.sock"
      let held = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(held) }
      if isHeld { #expect(bindAndListen(held, path)) }
      let listener = isHeld ? NoopProcess.Listener.inherited(held, path: path) : .path(path)
      var current = try NoopProcess(listener)
      let nginx = try NginxServer(fastCGI: path)

      let load = MixedLoad(port: nginx.port, clients: 16)
      var answered = 0
      for restart in 1...20 {
        let before = load.successes
        #expect(eventually { load.successes > before + 200 }, "no progress before restart \(restart)")
        let next = try NoopProcess(listener)
        guard let count = current.stop() else {
          Issue.record("restart \(restart): the old process did not end by itself")
          break
        }
        answered += count
        current = next
      }
      let outcome = load.finish()
      answered += current.stop() ?? 0
      #expect(outcome.failures == [])
      #expect(outcome.successes == answered)
      #expect(nginx.errors == "")
    }
  }
}

/// Clients that send GET and POST in turn, without a pause, until told to finish.
final class MixedLoad: Sendable {
  private let state = Mutex((successes: 0, failures: [String](), isFinished: false))
  private let group = DispatchGroup()

  init(port: UInt16, clients: Int) {
    for number in 0..<clients {
      group.enter()
      let thread = Thread { [self] in
        run(port: port, number: number)
        group.leave()
      }
      thread.start()
    }
  }

  var successes: Int { state.withLock { $0.successes } }

  func finish() -> (successes: Int, failures: [String]) {
    state.withLock { $0.isFinished = true }
    group.wait()
    return state.withLock { ($0.successes, $0.failures) }
  }

  private func run(port: UInt16, number: Int) {
    guard let client = try? WebClient(port: port) else {
      return state.withLock { $0.failures.append("no connection") }
    }
    var turn = number
    while !state.withLock({ $0.isFinished }) {
      turn += 1
      let isPost = turn % 2 == 0
      let answer = client.exchange(isPost ? "POST" : "GET", "/\(turn)", body: isPost ? [1, 2, 3] : nil)
      let isGood = answer?.status == 200 && answer?.body.count == 220
      state.withLock {
        if isGood {
          $0.successes += 1
        } else {
          $0.failures.append("\(isPost ? "POST" : "GET"): \(answer?.status ?? 0)")
        }
      }
      if answer == nil { return }
    }
  }
}
