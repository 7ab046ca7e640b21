package import Database
import HTTP
package import Services

extension BillingModule {
  package func openAccount(of customer: CustomerID, contact: Contact, in transaction: Transaction) throws {
    _ = try transaction.execute(
      """
      INSERT INTO billing.accounts (customer_id, trial_ends_at, email, language, name)
      VALUES (
        \(customer.uuid), now() + make_interval(days => \(settings.trialDays)::int), \(contact.email.text),
        \(contact.language.rawValue), \(contact.name)
      )
      ON CONFLICT (customer_id) DO NOTHING
      """)
  }

  package func updateContact(of customer: CustomerID, _ contact: Contact, in transaction: Transaction) throws {
    _ = try transaction.execute(
      """
      UPDATE billing.accounts
      SET email = \(contact.email.text), language = \(contact.language.rawValue), name = \(contact.name)
      WHERE customer_id = \(customer.uuid)
      """)
  }

  package func entitlements(of customer: CustomerID) throws -> Entitlements {
    try entitlements(in: database.query(Self.accountQuery(customer)))
  }

  package func entitlements(of customer: CustomerID, in transaction: Transaction) throws -> Entitlements {
    try entitlements(in: transaction.query(Self.accountQuery(customer)))
  }

  private static func accountQuery(_ customer: CustomerID) -> SQL {
    """
    SELECT (extract(epoch FROM trial_ends_at) * 1000000)::bigint AS trial_ends_at
    FROM billing.accounts WHERE customer_id = \(customer.uuid)
    """
  }

  /// A customer without an account has nothing: a missing row must never mean an endless trial.
  private func entitlements(in rows: Rows) throws -> Entitlements {
    guard let row = rows.first else {
      return Entitlements(
        plan: Entitlements.noPlan, status: .trialEnded, trialEndsAt: nil, canWrite: false, endsAt: nil,
        limits: plans.trial)
    }
    let end = Instant(microseconds: try Int64(row.int("trial_ends_at")))
    return Entitlements(
      plan: Entitlements.trialPlan, status: .trialing, trialEndsAt: end, canWrite: true, endsAt: end,
      limits: plans.trial
    ).at(.now)
  }
}
