package import Database
import HTTP
package import Services

/// Subscriptions and what they allow: the module behind ``BillingService``.
package final class BillingModule: BillingService {
  private let database: Database
  private let trialDays: Int

  /// - Parameter trialDays: how long a new customer may use everything without paying; 0 ends the trial at once.
  package init(database: Database, trialDays: Int) {
    self.database = database
    self.trialDays = trialDays
  }

  package func startTrial(of customer: CustomerID, in transaction: Transaction) throws {
    _ = try transaction.execute(
      """
      INSERT INTO billing.accounts (customer_id, trial_ends_at)
      VALUES (\(customer.uuid), now() + make_interval(days => \(trialDays)::int))
      ON CONFLICT (customer_id) DO NOTHING
      """)
  }

  package func entitlements(of customer: CustomerID) throws -> Entitlements {
    try Self.entitlements(in: database.query(Self.accountQuery(customer)))
  }

  package func entitlements(of customer: CustomerID, in transaction: Transaction) throws -> Entitlements {
    try Self.entitlements(in: transaction.query(Self.accountQuery(customer)))
  }

  private static func accountQuery(_ customer: CustomerID) -> SQL {
    """
    SELECT (extract(epoch FROM trial_ends_at) * 1000000)::bigint AS trial_ends_at
    FROM billing.accounts WHERE customer_id = \(customer.uuid)
    """
  }

  /// A customer without an account has nothing: a missing row must never mean an endless trial.
  private static func entitlements(in rows: Rows) throws -> Entitlements {
    guard let row = rows.first else {
      return Entitlements(plan: "none", status: .trialEnded, trialEndsAt: nil, limits: Self.trialLimits)
    }
    return Entitlements(
      plan: "trial", status: .trialing, trialEndsAt: Instant(microseconds: try Int64(row.int("trial_ends_at"))),
      limits: Self.trialLimits
    ).at(.now)
  }

  private static let trialLimits = Entitlements.Limits(sites: 3, pages: 50, links: 200, versions: 20)
}
