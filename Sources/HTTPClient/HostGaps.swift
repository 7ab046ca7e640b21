import Locks

/// Keeps requests to one host apart in time, so that a client of many links is no burden to anybody.
final class HostGaps: Sendable {
  private let milliseconds: Int
  /// When each host may be asked next. Guarded by its lock; hosts whose time has come are forgotten when there are many.
  private let next: Locked<[String: Deadline]> = Locked([:])

  init(milliseconds: Int) {
    self.milliseconds = milliseconds
  }

  /// Takes the host's next place in time, and blocks the thread until it has come.
  func wait(for host: String) {
    guard milliseconds > 0 else { return }
    let begin = next.withLock { next in
      if next.count >= 1000 { next = next.filter { $0.value > .now } }
      let begin = max(next[host] ?? .now, .now)
      next[host] = begin.adding(milliseconds: milliseconds)
      return begin
    }
    if begin.remainingMilliseconds > 0 { RetryPause.wait(milliseconds: begin.remainingMilliseconds) }
  }
}
