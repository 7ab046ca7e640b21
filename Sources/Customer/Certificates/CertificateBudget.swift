import Database
import HTTP
import Services

/// Whether an order may be placed.
enum OrderDecision {
  case taken(id: Int)
  case notBefore(Instant)
}

extension CustomerModule {
  // What Let's Encrypt allows; others allow more.
  private static let ordersInThreeHours = 300
  // What there is must not run out for what is new.
  private static let keptForRenewals = 50
  // Nor may one customer use up what is for all.
  private static let ordersOfACustomer = 20
  private static let certificatesInAWeek = 50
  private static let failuresInAnHour = 5

  /// Takes an order out of the account's budget. It counts from now on, also when this process dies before it is
  /// placed: the authority may have it all the same.
  func takeOrder(_ due: DueCertificate) throws -> OrderDecision {
    let orders = Self.ordersInThreeHours - (due.serial == nil ? Self.keptForRenewals : 0)
    return try database.transaction { transaction in
      // One at a time, so that two do not both take the last.
      _ = try transaction.query("SELECT 1 FROM customer.acme_account FOR UPDATE")
      let rows = try transaction.query(
        """
        SELECT max(free_at) AS free_at FROM (
          (SELECT at + interval '3 hours' AS free_at FROM customer.acme_orders
           WHERE at > now() - interval '3 hours' ORDER BY at DESC OFFSET \(orders - 1) LIMIT 1)
          UNION ALL
          (SELECT at + interval '3 hours' FROM customer.acme_orders
           WHERE customer_id = \(due.customer.uuid) AND at > now() - interval '3 hours'
           ORDER BY at DESC OFFSET \(Self.ordersOfACustomer - 1) LIMIT 1)
          UNION ALL
          (SELECT at + interval '7 days' FROM customer.acme_orders
           WHERE registrable = \(due.registrable) AND at > now() - interval '7 days' AND NOT failed
           ORDER BY at DESC OFFSET \(Self.certificatesInAWeek - 1) LIMIT 1)
          UNION ALL
          (SELECT at + interval '1 hour' FROM customer.acme_orders
           WHERE host = \(due.host) AND failed AND at > now() - interval '1 hour'
           ORDER BY at DESC OFFSET \(Self.failuresInAnHour - 1) LIMIT 1)
        ) b
        """)
      if let moment = try rows.first?.optionalTimestamp("free_at") {
        return .notBefore(Instant(moment).adding(seconds: Int64.random(in: 1...60)))
      }
      let order = try transaction.query(
        """
        INSERT INTO customer.acme_orders (host, registrable, customer_id)
        VALUES (\(due.host), \(due.registrable), \(due.customer.uuid)) RETURNING id
        """)
      return .taken(id: try order[0].int("id"))
    }
  }

  /// The authority could not convince itself that the host is ours.
  func noteFailedOrder(_ id: Int) throws {
    try database.execute("UPDATE customer.acme_orders SET failed = true WHERE id = \(id)")
  }
}
