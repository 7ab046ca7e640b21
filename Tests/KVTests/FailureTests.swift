import Foundation
import KV
import Support
import Testing

extension KVTests {
  @Suite struct FailureTests {
    private func isUnavailable(_ error: KVError?) -> Bool {
      if case .unavailable = error { true } else { false }
    }

    @Test func `Redis that comes back is used again by the same process, with one event a change`() throws {
      let server = try RedisServer()
      let log = EventLog()
      let kv = KV(server, cache: nil, log: log)
      try kv.set("k", [1], ttlMs: 60_000)
      server.stop()
      #expect(isUnavailable(failure { () throws(KVError) in _ = try kv.get("k") }))
      for _ in 0..<50 { #expect(isUnavailable(failure { () throws(KVError) in _ = try kv.get("k") })) }
      try server.start()
      #expect(eventually(withinMs: 2000) { (try? kv.get("k")) == [1] })
      #expect(log.all.count == 2)
      #expect(log.all.last == .available)
    }

    @Test func `a restart between two calls is not noticed, even by a call that is never sent twice`() throws {
      let server = try RedisServer()
      let log = EventLog()
      let kv = KV(server, cache: nil, log: log)
      try kv.set("a", [1], ttlMs: 60_000)
      server.kill()
      try server.start()
      #expect(try kv.consume("a") == [1])
      try kv.set("b", [2], ttlMs: 60_000)
      server.kill()
      try server.start()
      #expect(try kv.get("b") == [2])
      #expect(log.all == [])
    }

    @Test func `SIGKILL loses no acknowledged write and revives nothing that was deleted`() throws {
      let server = try RedisServer()
      let kv = KV(server, cache: nil)
      for round in 0..<3 {
        let written = onThreads(4) { thread in
          var acknowledged = 0
          while true {
            let key = "k\(round).\(thread).\(acknowledged)"
            do throws(KVError) {
              try kv.set(key, Array(key.utf8), ttlMs: 600_000)
              if acknowledged % 2 == 1 { try kv.delete([key]) }
            } catch { return (thread, acknowledged) }
            acknowledged += 1
            if thread == 0, acknowledged == 100 { server.kill() }
          }
        }
        try server.start()
        #expect(eventually { failure { () throws(KVError) in try kv.ping() } == nil })
        for (thread, count) in written {
          #expect(count > 0)
          for number in 0..<count {
            let key = "k\(round).\(thread).\(number)"
            #expect(try kv.get(key) == (number % 2 == 0 ? Array(key.utf8) : nil), "\(key)")
          }
        }
      }
    }

    @Test func `a Redis that hangs makes calls fail in time, and then at once`() throws {
      let server = try RedisServer()
      let kv = KV(server, cache: nil, timeoutMs: 150)
      try kv.ping()
      server.suspend()
      defer { server.resume() }
      let slowest = onThreads(16) { _ in
        milliseconds { _ = failure { () throws(KVError) in _ = try kv.get("k") } }
      }.max()!
      #expect(slowest < 150 + 200)
      let later = milliseconds {
        for _ in 0..<1000 { _ = failure { () throws(KVError) in _ = try kv.get("k") } }
      }
      #expect(later < 150 + 200)
      server.resume()
      #expect(eventually(withinMs: 2000) { failure { () throws(KVError) in try kv.ping() } == nil })
    }

    @Test func `calls beyond the pool wait no longer than they may`() throws {
      let server = try RedisServer()
      let kv = KV(server, cache: nil, poolSize: 2, timeoutMs: 1000)
      try kv.ping()
      let results = onThreads(12) { index in
        var error: KVError?
        let took = milliseconds {
          error = failure { () throws(KVError) in
            _ = try kv.pipeline([Command("BLPOP", .text("never\(index)"), "0.5")])
          }
        }
        return (took, error)
      }
      #expect(results.filter { $0.1 == .busy }.count == 10)
      #expect(results.filter { $0.1 == .busy }.allSatisfy { $0.0 < 250 })
      #expect(kv.statistics().openConnections == 2)
    }

    @Test func `a full Redis refuses, evicts nothing, and still lets sessions be read and ended`() throws {
      let server = try RedisServer(["--maxmemory", "3mb"])
      let kv = KV(server, cache: nil)
      var kept: [String] = []
      var refusal: KVError?
      while refusal == nil, kept.count < 1000 {
        let key = "session\(kept.count)"
        refusal = failure { () throws(KVError) in try kv.set(key, [UInt8](repeating: 1, count: 10_000), ttlMs: 600_000)
        }
        if refusal == nil { kept.append(key) }
      }
      #expect(refusal == .outOfMemory)
      #expect(kv.statistics().isAvailable)
      let limit = failure { () throws(KVError) in _ = try kv.limit("l", rate: RateLimit(count: 5, windowMs: 1000)) }
      #expect(limit == .outOfMemory)
      for key in kept { #expect(try kv.get(key)?.count == 10_000) }
      #expect(try kv.delete([kept[0]]) == 1)
      #expect(try kv.consume(kept[1])?.count == 10_000)
    }

    @Test func `a wrong password is Redis being unavailable, in its own words`() throws {
      let server = try RedisServer(["--requirepass", "right"])
      func client(_ password: String) -> KV {
        KV(
          KVConfiguration(address: .unix(path: server.socket), password: password, database: 2, cache: nil),
          log: { _ in })
      }
      guard case .unavailable(let text) = failure({ () throws(KVError) in try client("wrong").ping() }) else {
        Issue.record("no error")
        return
      }
      #expect(text.hasPrefix("WRONGPASS"))
      try client("right").set("k", [1], ttlMs: 1000)
      #expect(try client("right").get("k") == [1])
    }
  }
}
