import Database
import HTTP
import Jobs
import Services

/// The mails before and after the end of a trial, to who has no subscription.
enum TrialMails {
  /// How long before its end a trial is told to end soon.
  static let noticeSeconds = 2 * 86_400
  /// Accounts of one transaction.
  static let batch = 100
}

extension BillingModule {
  /// What ``BillingModule/periodic`` runs: each account is told once that its trial ends soon, and once that it ended.
  var trialMails: PeriodicJob {
    PeriodicJob(name: "billing.trials", everySeconds: 600) { [self] _, context in
      while try sendTrialMails() == TrialMails.batch, !context.isStopping { try context.extendLease() }
      try sweep()
    }
  }

  /// Tells the next accounts; mail and note of it commit together.
  ///
  /// - Returns: how many there were.
  func sendTrialMails() throws -> Int {
    try database.transaction { transaction in
      let rows = try transaction.query(
        """
        SELECT customer_id, status, email, language, trial_ends_at, trial_ends_at <= now() AS has_ended
        FROM billing.accounts
        WHERE trial_mails < 2 AND trial_ends_at < now() + \(TrialMails.noticeSeconds) * interval '1 second'
          AND (trial_mails = 0 OR trial_ends_at <= now())
        ORDER BY trial_ends_at
        LIMIT \(TrialMails.batch)
        FOR UPDATE SKIP LOCKED
        """)
      for row in rows {
        let customer = CustomerID(try row.uuid("customer_id"))
        let hasEnded = try row.bool("has_ended")
        try sendTrialMail(row, customer, hasEnded: hasEnded, transaction)
        _ = try transaction.execute(
          "UPDATE billing.accounts SET trial_mails = \(hasEnded ? 2 : 1) WHERE customer_id = \(customer.uuid)")
      }
      return rows.count
    }
  }

  private func sendTrialMail(
    _ row: Row, _ customer: CustomerID, hasEnded: Bool, _ transaction: Transaction
  ) throws {
    let status = try row.optionalString("status").flatMap { SubscriptionStatus(rawValue: $0) }
    guard status == nil || status == .incomplete || status == .incompleteExpired,
      let email = try row.optionalString("email").flatMap({ EmailAddress($0) })
    else { return }
    let language = try row.optionalString("language").flatMap { Language(rawValue: $0) } ?? .english
    let plans = "\(settings.dashboard)/billing"
    let mail: Mail =
      hasEnded
      ? .trialEnded(customer: customer, plans: plans)
      : .trialEndsSoon(customer: customer, endsAt: Instant(try row.timestamp("trial_ends_at")), plans: plans)
    try mailer.enqueue(mail, to: email, language: language, in: transaction)
  }

  /// Drops what nobody will ask for any more.
  private func sweep() throws {
    _ = try database.execute("DELETE FROM billing.previews WHERE created_at < now() - interval '1 day'")
    _ = try database.execute("DELETE FROM billing.idempotency_keys WHERE created_at < now() - interval '1 day'")
    _ = try database.execute(
      """
      DELETE FROM billing.checkouts
      WHERE state IN ('completed', 'expired') AND created_at < now() - interval '90 days'
      """)
  }
}
