import Locks

/// The limiter for when Redis is away: this process's own counts, bounded in number. Where several processes run,
/// each allows the whole rate, which is still a bound.
package final class LocalLimiter: Sendable {
  private struct Bucket {
    var level: Double
    var atMs: Int
    /// When it will have leaked empty, and may be forgotten.
    var emptyAtMs: Int
  }

  private let capacity: Int
  /// Guards the counts.
  private let buckets = Locked<[String: Bucket]>([:])

  /// - Parameter capacity: most keys remembered at once. When that many are in use, new ones are refused: forgetting
  ///   one would let an attacker wash away his own count with many others.
  package init(capacity: Int = 10_000) { self.capacity = capacity }

  /// Counts one use of a key, unless its limit refuses.
  package func limit(_ key: String, rate: RateLimit) -> RateDecision { limits([RateDemand(key, rate)]) }

  /// Counts one use of each key, unless one refuses; then none is counted.
  package func limits(_ demands: [RateDemand]) -> RateDecision { limits(demands, nowMs: MonotonicClock.nowMs) }

  func limits(_ demands: [RateDemand], nowMs now: Int) -> RateDecision {
    buckets.withLock { buckets in
      if buckets.count + demands.count > capacity { buckets = buckets.filter { $0.value.emptyAtMs > now } }
      var levels: [Double] = []
      var remaining = Int.max
      var wait = 0.0
      var fresh = 0
      for demand in demands {
        let share = Double(demand.rate.windowMs) / Double(demand.rate.count)
        let bucket = buckets[demand.key]
        if bucket == nil { fresh += 1 }
        let level = bucket.map { max(0, $0.level - Double(now - $0.atMs) / share) } ?? 0
        levels.append(level + 1)
        remaining = min(remaining, Int(Double(demand.rate.count) - level - 1 + 1e-6))
        wait = max(wait, (level + 1 - Double(demand.rate.count) - 1e-6) * share)
      }
      if wait > 0 { return RateDecision(allowed: false, remaining: 0, retryAfterMs: Int(wait.rounded(.up))) }
      if buckets.count + fresh > capacity { return RateDecision(allowed: false, remaining: 0, retryAfterMs: 1000) }
      for (demand, level) in zip(demands, levels) {
        let share = Double(demand.rate.windowMs) / Double(demand.rate.count)
        buckets[demand.key] = Bucket(level: level, atMs: now, emptyAtMs: now + Int(level * share) + 1)
      }
      return RateDecision(allowed: true, remaining: max(0, remaining), retryAfterMs: 0)
    }
  }
}
