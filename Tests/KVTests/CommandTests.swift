import KV
import Support
import Testing

extension KVTests {
  @Suite struct CommandTests {
    let server = try! RedisServer()

    @Test(arguments: [0, 1, 300, 70_000, 1_000_000])
    func `a value comes back as it was set, whatever its bytes`(_ size: Int) throws {
      let kv = KV(server)
      let value = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      try kv.set("key\r\n\0 ü", value, ttlMs: 10_000)
      #expect(try kv.get("key\r\n\0 ü") == value)
      #expect(try kv.cached("key\r\n\0 ü") == value)
      #expect(try kv.cached("key\r\n\0 ü") == value)
    }

    @Test func `what is not there is nil`() throws {
      let kv = KV(server)
      #expect(try kv.get("none") == nil)
      #expect(try kv.cached("none") == nil)
      #expect(try kv.consume("none") == nil)
      #expect(try kv.expire("none", ttlMs: 1000) == false)
      #expect(try kv.delete(["none"]) == 0)
      #expect(try kv.members("none") == [])
    }

    @Test func `a key ends with its time`() throws {
      let kv = KV(server)
      try kv.set("short", [1], ttlMs: 400)
      #expect(try kv.cached("short") == [1])
      #expect(eventually { (try? kv.cached("short")) == .some(nil) })
    }

    @Test func `a conditional set sees what is there`() throws {
      let kv = KV(server)
      #expect(try kv.setIfPresent("k", [1], ttlMs: 1000) == false)
      #expect(try kv.setIfAbsent("k", [2], ttlMs: 1000))
      #expect(try kv.setIfAbsent("k", [3], ttlMs: 1000) == false)
      #expect(try kv.setIfPresent("k", [4], ttlMs: 1000))
      #expect(try kv.get("k") == [4])
    }

    @Test func `a set lives as long as its last member`() throws {
      let kv = KV(server)
      #expect(try kv.addToSet("s", ["a", "b"], ttlMs: 100_000) == 2)
      #expect(try kv.addToSet("s", ["b", "c"], ttlMs: 1_000) == 1)
      #expect(try Set(kv.members("s")) == ["a", "b", "c"])
      #expect(Int(server.cli("PTTL", "s"))! > 50_000)
      #expect(try kv.removeFromSet("s", ["a", "x"]) == 1)
      #expect(try Set(kv.members("s")) == ["b", "c"])
    }

    @Test func `of 100 threads that consume a token one gets it`() throws {
      let kv = KV(server)
      for round in 0..<5 {
        try kv.set("token\(round)", [42], ttlMs: 10_000)
        let winners = onThreads(100) { _ in
          while true {
            switch failure({ () throws(KVError) in if try kv.consume("token\(round)") == nil { throw .reply("late") } })
            {
            case nil: return true
            case .busy: continue
            default: return false
            }
          }
        }
        #expect(winners.filter(\.self).count == 1)
      }
    }

    @Test func `a script is found again after Redis forgot it`() throws {
      let kv = KV(server)
      let script = Script("return {KEYS[1], ARGV[1], 7}")
      let expected = Reply.array([.string(Array("k".utf8)), .string([0, 1]), .integer(7)])
      #expect(try kv.run(script, keys: ["k"], arguments: [.bytes([0, 1])]) == expected)
      server.cli("SCRIPT", "FLUSH")
      #expect(try kv.run(script, keys: ["k"], arguments: [.bytes([0, 1])]) == expected)
    }

    @Test func `a refused command throws and leaves the connection usable`() throws {
      let kv = KV(server, poolSize: 1)
      try kv.set("text", [1], ttlMs: 1000)
      guard case .reply(let text) = failure({ () throws(KVError) in _ = try kv.members("text") }) else {
        Issue.record("no error")
        return
      }
      #expect(text.hasPrefix("WRONGTYPE"))
      #expect(try kv.get("text") == [1])
      #expect(kv.statistics().isAvailable)
    }

    @Test func `a pipeline answers each command in order, errors in place`() throws {
      let kv = KV(server)
      let replies = try kv.pipeline([
        Command("SET", "a", .integer(5)), Command("INCR", "a"), Command("LPUSH", "a", "x"), Command("GET", "nothing"),
      ])
      #expect(replies[0] == .status("OK"))
      #expect(replies[1] == .integer(6))
      guard case .error = replies[2] else { return #expect(Bool(false), "no error in place") }
      #expect(replies[3] == .null)
    }

    @Test(
      arguments: [
        ("unix:/run/r.sock", .unix(path: "/run/r.sock")), ("127.0.0.1:6379", .tcp(host: "127.0.0.1", port: 6379)),
        ("redis", nil), ("unix:relative", nil), (":1", nil), ("h:0", nil), ("h:65536", nil), ("h:x", nil), ("", nil),
      ] as [(String, KVConfiguration.Address?)])
    func `an address is read strictly`(_ text: String, _ expected: KVConfiguration.Address?) {
      #expect(KVConfiguration.Address(text) == expected)
    }
  }
}
