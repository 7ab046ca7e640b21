import Synchronization

/// Spares callers the wait for a Redis that is known to be away: for a moment after a failure calls are refused at
/// once, then one call at a time tries again, until one succeeds.
final class CircuitBreaker: Sendable {
  /// Zero while Redis is fine; else the moment from which the next probe may go.
  private let closedUntilMs = Atomic<Int>(0)
  /// Guards nothing but the order of events, so that the log's last line is true.
  private let transition = Mutex(())
  private let pauseMs: Int
  private let probeMs: Int
  private let log: @Sendable (KVEvent) -> Void

  /// - Parameter probeMs: how long a probe may take at most; until then no second one goes.
  init(pauseMs: Int, probeMs: Int, log: @escaping @Sendable (KVEvent) -> Void) {
    self.pauseMs = pauseMs
    self.probeMs = probeMs
    self.log = log
  }

  var isAvailable: Bool { closedUntilMs.load(ordering: .relaxed) == 0 }

  /// Throws at once while Redis is known to be away, except for the call that probes it.
  func admit() throws(KVError) {
    let until = closedUntilMs.load(ordering: .relaxed)
    if until == 0 { return }
    let now = MonotonicClock.nowMs
    let probing =
      now >= until
      && closedUntilMs.compareExchange(expected: until, desired: now + probeMs, ordering: .relaxed).exchanged
    if !probing { throw .unavailable("Redis is away") }
  }

  func succeeded() {
    if closedUntilMs.load(ordering: .relaxed) == 0 { return }
    transition.withLock { _ in
      if closedUntilMs.exchange(0, ordering: .relaxed) != 0 { log(.available) }
    }
  }

  func failed(_ reason: String) {
    transition.withLock { _ in
      let before = closedUntilMs.exchange(MonotonicClock.nowMs + pauseMs, ordering: .relaxed)
      if before == 0 { log(.unavailable(reason)) }
    }
  }
}
