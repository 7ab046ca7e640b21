import Database

/// Wakes runners of this process when a job was committed, so that none waits for the next poll. Losing a wake-up
/// costs a second, nothing more: the table is the truth.
final class JobSignal: Sendable {
  /// How many workers are yet to be woken.
  private let wakeUps = Monitor(0)
  /// More than this many workers never wait.
  private let limit = 64

  func wake() {
    wakeUps.withLock { count in count = min(count + 1, limit) }
    wakeUps.signal()
  }

  /// Has all who wait look at their `stopping`.
  func wakeAll() { wakeUps.broadcast() }

  /// Returns at a wake-up, when `stopping` has become true and `wakeAll` was called, or after a second.
  func wait(stopping: () -> Bool) {
    _ = wakeUps.wait(until: .after(milliseconds: 1000)) { count -> Void? in
      if stopping() { return () }
      guard count > 0 else { return nil }
      count -= 1
      return ()
    }
  }
}
