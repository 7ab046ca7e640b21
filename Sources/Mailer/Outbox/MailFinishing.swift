import Database
import FoundationEssentials

/// Records what became of a taken mail. Whoever lost its lease, or met a webhook that was quicker, changes nothing.
struct MailFinishing {
  let transaction: Transaction

  /// - Returns: when it is to be tried again; nil: it is settled.
  func record(_ outcome: Outcome, of mail: TakenMail) throws -> Timestamp? {
    switch outcome {
    case .retry(let retry): return try release(mail, retry)
    case .halt(let halt): return try giveBack(mail, after: 0, reason: halt.reason, isUnsent: true)
    case .accepted where mail.isSecret, .permanent where mail.isSecret, .unknown where mail.isSecret:
      // It will not be tried again, and nothing of it may stay.
      try transaction.execute("DELETE FROM mailer.mails WHERE id = \(mail.id)")
    case .accepted(let id):
      // Also when it was cancelled meanwhile: it has left.
      try transaction.execute(
        """
        UPDATE mailer.mails
        SET state = 'sent', sent_at = now(), reason = NULL, provider_id = coalesce(\(id), provider_id)
        WHERE id = \(mail.id) AND state IN ('sending', 'accepted', 'cancelled', 'unknown')
        """)
    case .permanent(let reason): try settle(mail, "failed", reason)
    case .unknown(let reason): try settle(mail, "unknown", reason)
    }
    return nil
  }

  private func settle(_ mail: TakenMail, _ state: String, _ reason: String) throws {
    try transaction.execute(
      "UPDATE mailer.mails SET state = \(state), reason = \(reason) WHERE \(held(mail))")
  }

  private func release(_ mail: TakenMail, _ retry: Outcome.Retry) throws -> Timestamp? {
    let pause: Double
    switch retry.cause {
    // The gate has everybody wait.
    case .rate: pause = 0
    case .transport, .mail: pause = Self.pauseSeconds(attempt: mail.attempt, lane: mail.lane)
    }
    return try giveBack(mail, after: pause, reason: retry.reason, isUnsent: retry.isUnsent)
  }

  private func giveBack(
    _ mail: TakenMail, after seconds: Double, reason: String, isUnsent: Bool
  ) throws -> Timestamp? {
    try transaction.query(
      """
      UPDATE mailer.mails
      SET state = 'accepted', due_at = now() + \(seconds) * interval '1 second', reason = \(reason),
        maybe_sent_at = CASE WHEN \(isUnsent && !mail.wasMaybeSent) THEN NULL ELSE maybe_sent_at END
      WHERE \(held(mail))
      RETURNING due_at
      """
    ).first?.timestamp(0)
  }

  /// 1 s, 2 s, 4 s … up to a minute, for login mails up to 5 s; each up to a quarter more or less.
  static func pauseSeconds(attempt: Int, lane: MailLane) -> Double {
    let pause = Double(1 << min(max(attempt - 1, 0), 6))
    return min(pause, lane == .login ? 5 : 60) * Double.random(in: 0.75...1.25)
  }

  private func held(_ mail: TakenMail) -> SQL {
    "id = \(mail.id) AND state = 'sending' AND attempts = \(mail.attempt)"
  }
}
