import Database

/// Stripe's two modes never mix: what was bought with test cards must not open anything once real money moves.
package struct ModeMismatch: Error, CustomStringConvertible {
  /// Whether the key moves real money.
  let isLive: Bool

  package var description: String {
    let (key, stored) = isLive ? ("live", "test") : ("test", "live")
    return """
      the Stripe key is of \(key) mode, and this database holds subscriptions of \(stored) mode: go back to the \
      \(stored) key, or run `smartpages billing forget` to let go of those subscriptions
      """
  }
}

extension BillingModule {
  private static let modeName = "mode"

  private var mode: String { stripe.isLive ? "live" : "test" }

  /// Notes the mode with the first start, and holds each later one to it.
  ///
  /// - Throws: ``ModeMismatch`` when accounts were subscribed in the other mode.
  package func admitMode() throws {
    let rows = try database.query(
      """
      INSERT INTO billing.cursors (name, value) VALUES (\(Self.modeName), \(mode))
      ON CONFLICT (name) DO UPDATE SET name = excluded.name
      RETURNING value
      """)
    guard try rows.first?.string("value") != mode else { return }
    let bound = try database.query("SELECT FROM billing.accounts WHERE stripe_customer IS NOT NULL LIMIT 1")
    guard bound.isEmpty else { throw ModeMismatch(isLive: stripe.isLive) }
    try noteMode()
  }

  /// Lets go of all subscriptions, which stay as they are at Stripe: everybody is as before the first purchase.
  ///
  /// - Returns: how many accounts there were.
  package func forgetSubscriptions() throws -> Int {
    let count = try database.transaction { transaction in
      _ = try transaction.execute("UPDATE billing.checkouts SET state = 'expired' WHERE state IN ('reserved', 'open')")
      _ = try transaction.execute("DELETE FROM billing.calls")
      _ = try transaction.execute("DELETE FROM billing.previews")
      _ = try transaction.execute("DELETE FROM billing.invoices")
      _ = try transaction.execute("DELETE FROM billing.cursors WHERE name <> \(Self.modeName)")
      return try transaction.execute(
        """
        UPDATE billing.accounts
        SET stripe_customer = NULL, subscription = NULL, subscription_item = NULL, status = NULL, plan = NULL,
          price = NULL, period = NULL, amount = NULL, currency = NULL, period_ends_at = NULL, cancel_at = NULL,
          ended_at = NULL, past_due_since = NULL, problem = NULL, problem_invoice = NULL, synced_at = NULL,
          checked_at = NULL, sync_number = sync_number + 1, sync_until = NULL
        WHERE stripe_customer IS NOT NULL OR status IS NOT NULL
        """)
    }
    try noteMode()
    return count
  }

  private func noteMode() throws {
    _ = try database.execute(
      "UPDATE billing.cursors SET value = \(mode), updated_at = now() WHERE name = \(Self.modeName)")
  }
}
