import Locks

/// Bounds repeats by what is sent in all, so that a provider in trouble is not given three times the load: each
/// request pays a tenth of a repeat in, each repeat takes one out.
package final class RetryBudget: Sendable {
  private let limit: Double
  /// Guards what is left.
  private let left: Locked<Double>

  /// - Parameter limit: the most repeats that can be saved up, which is also what it begins with.
  package init(limit: Int) {
    self.limit = Double(limit)
    left = Locked(Double(limit))
  }

  /// To be called once a request, not a repeat.
  package func deposit() {
    left.withLock { $0 = min($0 + 0.1, limit) }
  }

  /// Takes a repeat out; false when there is none left.
  package func withdraw() -> Bool {
    left.withLock { left in
      guard left >= 1 else { return false }
      left -= 1
      return true
    }
  }
}
