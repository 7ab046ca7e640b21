import Locks

/// What became of mails in this process, for metrics.
package final class MailCounters: Sendable {
  package enum Outcome: String, Sendable, CaseIterable {
    /// The transport has it.
    case sent
    /// Will be tried again.
    case retried
    /// Refused for good.
    case failed
    /// May have been sent; not to be repeated.
    case unknown
    /// Not sent: its address gets no mail.
    case suppressed
    /// A login mail that was not sent in time.
    case expired
    case cancelled
  }

  /// Guards the counts.
  private let counts = Locked<[Outcome: Int]>([:])

  package init() {}

  func count(_ outcome: Outcome) {
    counts.withLock { $0[outcome, default: 0] += 1 }
  }

  /// All counts since the start of the process.
  package var all: [(outcome: Outcome, count: Int)] {
    let counts = counts.withLock { $0 }
    return Outcome.allCases.map { ($0, counts[$0] ?? 0) }
  }
}
