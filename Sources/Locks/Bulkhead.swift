/// Bounds how many threads wait outside at once, so that a slow dependency cannot hold all of them.
package final class Bulkhead: Sendable {
  private let limit: Int
  /// Guards the number of those inside.
  private let inside = Locked(0)

  package init(limit: Int) {
    self.limit = limit
  }

  /// Runs `body` when there is room; nil, at once, when there is none.
  package func run<Result>(_ body: () throws -> Result) rethrows -> Result? {
    let isAdmitted = inside.withLock { count in
      guard count < limit else { return false }
      count += 1
      return true
    }
    guard isAdmitted else { return nil }
    defer { inside.withLock { $0 -= 1 } }
    return try body()
  }
}
