/// How often something may be done: `count` times at once, and then as often as the window's share refills, that is
/// one more each `windowMs / count` (the generic cell rate algorithm, written as a leaking bucket).
package struct RateLimit: Sendable, Equatable {
  package let count: Int
  package let windowMs: Int

  /// Both must be at least 1.
  package init(count: Int, windowMs: Int) {
    precondition(count > 0 && windowMs > 0)
    self.count = count
    self.windowMs = windowMs
  }
}

/// One key to be counted against its limit.
package struct RateDemand: Sendable, Equatable {
  package let key: String
  package let rate: RateLimit

  package init(_ key: String, _ rate: RateLimit) {
    self.key = key
    self.rate = rate
  }
}

/// A limiter's answer.
package struct RateDecision: Sendable, Equatable {
  package let allowed: Bool
  /// How many more are allowed now; of several keys, the least.
  package let remaining: Int
  /// When it may be tried again, in milliseconds from now; 0 if allowed.
  package let retryAfterMs: Int
}
