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

  package func entitlements(
    of customer: CustomerID, counting: SQL, in transaction: Transaction
  ) throws -> (entitlements: Entitlements, count: Int) {
    // One row in any case: the number counts also where there is no account.
    let rows = try transaction.query(
      """
      SELECT counted.number, a.customer_id IS NOT NULL AS is_known, \(Self.stateColumns)
      FROM (SELECT (\(counting)) AS number) counted
      LEFT JOIN billing.accounts a ON a.customer_id = \(customer.uuid)
      """)
    let row = rows[0]
    let entitlements =
      try row.bool("is_known") ? table.entitlements(EntitlementTable.State(row)).at(.now) : table.nothing
    return (entitlements, try row.int("number"))
  }

  private static let stateColumns: SQL = "a.status, a.price, a.trial_ends_at, a.past_due_since"

  /// One row by its primary key: this is asked in each write.
  private static func stateQuery(_ customer: CustomerID) -> SQL {
    "SELECT \(stateColumns) FROM billing.accounts a WHERE a.customer_id = \(customer.uuid)"
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
