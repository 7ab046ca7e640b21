import Database
import HTTP
import Services

extension CustomerModule {
  /// Sums stay so much longer than the plan says, unseen: who takes a larger plan again in time finds them.
  private static let graceDays: Int64 = 30

  /// Forgets the sums that are older than each customer's plan keeps, and the names of files read long ago. Run daily.
  func sweepStatistics(_ progress: () throws -> Void) throws {
    try database.execute("DELETE FROM customer.read_logs WHERE read_at < now() - interval '7 days'")
    let today = CivilDay(.now)
    let rows = try database.query(
      """
      SELECT DISTINCT s.customer_id FROM customer.sites s
      WHERE EXISTS (
        SELECT 1 FROM customer.site_counts c
        WHERE c.site_id = s.id AND c.day < \(today.adding(days: -Self.graceDays).text)::date)
      """)
    for row in rows {
      let customer = CustomerID(try row.uuid("customer_id"))
      try database.transaction { transaction in
        let days = try billing.entitlements(of: customer, in: transaction).limits.statisticsDays
        let oldest = today.adding(days: -Int64(days) - Self.graceDays).text
        try transaction.execute(
          """
          DELETE FROM customer.site_days d USING customer.sites s
          WHERE d.site_id = s.id AND s.customer_id = \(customer.uuid) AND d.day < \(oldest)::date
          """)
        try transaction.execute(
          """
          DELETE FROM customer.site_counts c USING customer.sites s
          WHERE c.site_id = s.id AND s.customer_id = \(customer.uuid) AND c.day < \(oldest)::date
          """)
      }
      try progress()
    }
  }
}
