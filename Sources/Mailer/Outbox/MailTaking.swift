import Database
import FoundationEssentials
import HTTP
import Services

/// Takes the next mail from the outbox: by lane, when the gate lets one through.
struct MailTaking {
  enum Result {
    case mail(TakenMail, isMoreWaiting: Bool)
    /// Nothing may leave before, which is in so many seconds; a mail of the lane waits.
    case closed(until: Timestamp, seconds: Double, lane: MailLane)
    /// Nothing is due; the next will be then.
    case idle(until: Timestamp?, lane: MailLane)
  }

  /// A process that holds a mail longer has crashed. Longer than a request to the transport may take.
  static let leaseSeconds = 30.0
  /// A login mail that is older helps nobody: its code has expired.
  static let loginLifetimeSeconds = 600.0
  /// The transport knows a key for 24 hours; an hour is left for clocks and slow requests.
  static let repeatableSeconds = 23.0 * 3600
  /// So many that must not be sent are put aside in one transaction, which holds the gate.
  private static let settledAtOnce = 100

  let transaction: Transaction
  /// Counts mails that leave the queue unsent.
  let counters: MailCounters

  /// The gate's row is held until the end of the transaction: one process at a time takes.
  func next() throws -> Result {
    var (gate, now) = try Gate.lock(in: transaction)
    for _ in 0..<Self.settledAtOnce {
      guard let candidate = try candidate(at: now) else { return try idle() }
      if let outcome = obstacle(to: candidate, at: now) {
        try settleUnsent(candidate.mail, outcome)
        continue
      }
      switch gate.admission(lane: candidate.mail.lane, at: now) {
      case .later(let moment):
        let seconds = Double(moment.microseconds - now.microseconds) / 1_000_000
        return .closed(until: moment, seconds: seconds, lane: candidate.mail.lane)
      case .now: break
      }
      let before = gate
      gate.take(at: now)
      if gate != before { try gate.store(in: transaction) }
      try transaction.execute(
        """
        UPDATE mailer.mails
        SET state = 'sending', attempts = \(candidate.mail.attempt)::int,
          due_at = \(now.adding(seconds: Self.leaseSeconds)), maybe_sent_at = coalesce(maybe_sent_at, \(now))
        WHERE id = \(candidate.mail.id)
        """)
      return .mail(candidate.mail, isMoreWaiting: try self.candidate(at: now) != nil)
    }
    return .closed(until: now, seconds: 0, lane: .usual)
  }

  private func idle() throws -> Result {
    let rows = try transaction.query(
      """
      SELECT due_at, lane::int FROM mailer.mails WHERE state IN ('accepted', 'sending') ORDER BY due_at LIMIT 1
      """)
    guard let row = rows.first else { return .idle(until: nil, lane: .usual) }
    return .idle(until: try row.timestamp(0), lane: MailLane(rawValue: try row.int(1)) ?? .usual)
  }

  private struct Candidate {
    let mail: TakenMail
    let maybeSentAt: Timestamp?
    let isSuppressed: Bool
  }

  private func candidate(at now: Timestamp) throws -> Candidate? {
    let rows = try transaction.query(
      """
      SELECT m.id, m.template, m.lane::int, m.payload, m.attempts::int, m.maybe_sent_at, m.created_at,
        EXISTS (SELECT FROM mailer.suppressions s WHERE s.address = m.recipient) AS is_suppressed
      FROM mailer.mails m
      WHERE m.state IN ('accepted', 'sending') AND m.due_at <= \(now)
      ORDER BY m.lane, m.due_at, m.created_at
      LIMIT 1
      FOR UPDATE OF m SKIP LOCKED
      """)
    guard let row = rows.first else { return nil }
    let maybeSentAt = try row.optionalTimestamp("maybe_sent_at")
    return Candidate(
      mail: TakenMail(
        id: try row.uuid("id"), template: try row.string("template"),
        lane: MailLane(rawValue: try row.int("lane")) ?? .usual, body: try row.bytes("payload"),
        attempt: try row.int("attempts") + 1,
        acceptedAt: Instant(microseconds: try row.timestamp("created_at").microseconds),
        takenAt: now, wasMaybeSent: maybeSentAt != nil),
      maybeSentAt: maybeSentAt, isSuppressed: try row.bool("is_suppressed"))
  }

  /// Why a mail must not be sent (any more); nil when it may be.
  private func obstacle(to candidate: Candidate, at now: Timestamp) -> MailCounters.Outcome? {
    let acceptedAt = Timestamp(microseconds: candidate.mail.acceptedAt.microseconds)
    if candidate.mail.isCode, now >= acceptedAt.adding(seconds: Self.loginLifetimeSeconds) { return .expired }
    if candidate.isSuppressed { return .suppressed }
    guard let first = candidate.maybeSentAt, now >= first.adding(seconds: Self.repeatableSeconds) else { return nil }
    return .unknown
  }

  private func settleUnsent(_ mail: TakenMail, _ outcome: MailCounters.Outcome) throws {
    if mail.isSecret {
      try transaction.execute("DELETE FROM mailer.mails WHERE id = \(mail.id)")
    } else {
      let reason = outcome == .unknown ? "no answer within a day of the first request" : nil
      try transaction.execute(
        "UPDATE mailer.mails SET state = \(outcome.rawValue), reason = \(reason) WHERE id = \(mail.id)")
    }
    transaction.afterCommit { [counters] in counters.count(outcome) }
  }
}
