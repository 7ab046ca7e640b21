/// A ``Bulkhead`` that admits each key once at a time, so that one of them cannot have all the room.
package final class FairBulkhead<Key: Hashable & Sendable>: Sendable {
  private let limit: Int
  /// Guards the keys of those inside.
  private let inside = Locked<Set<Key>>([])

  package init(limit: Int) {
    self.limit = limit
  }

  /// Runs `body` when there is room, and nobody of that key is inside; nil, at once, when not.
  package func run<Result>(for key: Key, _ body: () throws -> Result) rethrows -> Result? {
    let isAdmitted = inside.withLock { $0.count < limit && $0.insert(key).inserted }
    guard isAdmitted else { return nil }
    defer { inside.withLock { _ = $0.remove(key) } }
    return try body()
  }
}
