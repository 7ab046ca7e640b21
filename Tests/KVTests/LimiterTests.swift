import KV
import Support
import Testing

extension KVTests {
  @Suite struct LimiterTests {
    @Test func `of many uses at once exactly the rate is allowed`() throws {
      let server = try RedisServer()
      let kv = KV(server)
      let rate = RateLimit(count: 50, windowMs: 3_600_000)
      let decisions = onThreads(8) { _ in (0..<50).compactMap { _ in try? kv.limit("login", rate: rate) } }.joined()
      #expect(decisions.count == 400)
      #expect(decisions.filter(\.allowed).count == 50)
      #expect(Set(decisions.filter(\.allowed).map(\.remaining)) == Set(0..<50))
      #expect(decisions.filter { !$0.allowed }.allSatisfy { (1...72_000).contains($0.retryAfterMs) })
      #expect(Int(server.cli("PTTL", "login"))! > 3_500_000)
    }

    @Test func `a refusal by one key counts against none`() throws {
      let server = try RedisServer()
      let kv = KV(server)
      let narrow = RateDemand("address", RateLimit(count: 2, windowMs: 3_600_000))
      let wide = RateDemand("network", RateLimit(count: 10, windowMs: 3_600_000))
      let decisions = try (0..<20).map { _ in try kv.limits([wide, narrow]) }
      #expect(decisions.map(\.allowed) == [true, true] + Array(repeating: false, count: 18))
      #expect(decisions[0].remaining == 1)
      #expect(try kv.limits([wide]).remaining == 7)
    }

    @Test func `the rate refills as time goes`() throws {
      let server = try RedisServer()
      let kv = KV(server)
      let rate = RateLimit(count: 2, windowMs: 200)
      #expect(try kv.limit("k", rate: rate).allowed)
      #expect(try kv.limit("k", rate: rate).allowed)
      let refused = try kv.limit("k", rate: rate)
      #expect(!refused.allowed && refused.retryAfterMs <= 100)
      #expect(eventually { (try? kv.limit("k", rate: rate).allowed) == true })
    }

    @Test func `the limiter in this process counts alike`() {
      let limiter = LocalLimiter()
      let rate = RateLimit(count: 50, windowMs: 3_600_000)
      let decisions = onThreads(8) { _ in (0..<50).map { _ in limiter.limit("login", rate: rate) } }.joined()
      #expect(decisions.filter(\.allowed).count == 50)
      let narrow = RateDemand("address", RateLimit(count: 2, windowMs: 3_600_000))
      let wide = RateDemand("network", RateLimit(count: 10, windowMs: 3_600_000))
      #expect((0..<20).map { _ in limiter.limits([wide, narrow]).allowed }.filter(\.self).count == 2)
      #expect(limiter.limits([wide]).remaining == 7)
    }

    @Test func `the limiter in this process is bounded and can't be washed away`() {
      let limiter = LocalLimiter(capacity: 100)
      let rate = RateLimit(count: 1, windowMs: 3_600_000)
      #expect(limiter.limit("victim", rate: rate).allowed)
      let others = (0..<200).map { limiter.limit("other\($0)", rate: rate).allowed }
      #expect(others.filter(\.self).count == 99)
      #expect(!limiter.limit("victim", rate: rate).allowed)
    }

    @Test func `the limiter in this process makes room when counts have run out`() {
      let limiter = LocalLimiter(capacity: 10)
      let rate = RateLimit(count: 1, windowMs: 20)
      for index in 0..<10 { #expect(limiter.limit("old\(index)", rate: rate).allowed) }
      #expect(eventually { limiter.limit("new", rate: rate).allowed })
    }
  }
}
