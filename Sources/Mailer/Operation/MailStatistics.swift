package import Database

/// The outbox at one moment, for metrics and operators.
package struct MailStatistics: Sendable {
  /// Mails that wait or are being sent, by lane.
  package let waiting: [MailLane: Int]
  /// How long the oldest of them has waited, in seconds.
  package let oldestSeconds: Double
  /// Of the last month, by state: unknown, failed, suppressed, cancelled.
  package let settled: [(state: String, count: Int)]
  package let suppressedAddresses: Int
  /// Why no mail leaves, since when; nil: they do.
  package let halted: (reason: String, since: Timestamp)?
  /// When the gate opens, if it is closed.
  package let opensAt: Timestamp?
}
