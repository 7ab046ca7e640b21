package import Database
import HTTP
package import Services

extension BillingModule {
  package func entitlements(of customer: CustomerID) throws -> Entitlements {
    try entitlements(in: database.query(Self.stateQuery(customer)))
  }

  package func entitlements(of customer: CustomerID, in transaction: Transaction) throws -> Entitlements {
    try entitlements(in: transaction.query(Self.stateQuery(customer)))
  }

  /// One row by its primary key: this is asked in each write.
  private static func stateQuery(_ customer: CustomerID) -> SQL {
    "SELECT status, price, trial_ends_at, past_due_since FROM billing.accounts WHERE customer_id = \(customer.uuid)"
  }

  private func entitlements(in rows: Rows) throws -> Entitlements {
    guard let row = rows.first else { return table.nothing }
    return try table.entitlements(EntitlementTable.State(row)).at(.now)
  }
}

extension EntitlementTable.State {
  /// Reads `status`, `price`, `trial_ends_at` and `past_due_since`.
  init(_ row: Row) throws {
    self.init(
      status: try row.optionalString("status").flatMap { SubscriptionStatus(rawValue: $0) },
      price: try row.optionalString("price"), trialEndsAt: Instant(try row.timestamp("trial_ends_at")),
      pastDueSince: try row.optionalTimestamp("past_due_since").map { Instant($0) })
  }
}

extension Instant {
  /// The same moment, as the database holds it.
  init(_ timestamp: Timestamp) {
    self.init(microseconds: timestamp.microseconds)
  }
}
