import Locks

/// What this process has counted since its start, for metrics.
package struct BillingCounts: Sendable, Equatable {
  /// Webhooks stored.
  package var accepted = 0
  /// Webhooks that had been stored before.
  package var repeated = 0
  /// Webhooks whose signature did not hold.
  package var refused = 0
  package var syncs = 0
  package var failedSyncs = 0
}

/// The counts, shared by all threads.
final class BillingCounters: Sendable {
  /// Guards the counts.
  private let counts = Locked(BillingCounts())

  func count(_ member: WritableKeyPath<BillingCounts, Int>) {
    counts.withLock { $0[keyPath: member] += 1 }
  }

  var current: BillingCounts { counts.withLock { $0 } }
}
