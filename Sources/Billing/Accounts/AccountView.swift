import Database
import FoundationEssentials
import Services

extension BillingModule {
  /// What is known of an account, for an operator: names and values, in order.
  ///
  /// - Parameter name: the customer's id, its e-mail address, or its customer at Stripe.
  package func accountView(_ name: String) throws -> [[(name: String, value: String)]] {
    let rows = try database.query(
      """
      SELECT customer_id::text AS customer, email, language, name, trial_ends_at::text, stripe_customer, subscription,
        status, plan, price, period, amount::text || ' ' || currency AS amount, period_ends_at::text, cancel_at::text,
        ended_at::text, past_due_since::text, problem, problem_invoice, changes::text, synced_at::text,
        sync_until::text, (SELECT string_agg(state || ' ' || number, ', ') FROM (
          SELECT state, count(*) AS number FROM billing.events e
          WHERE e.stripe_customer = a.stripe_customer GROUP BY state) AS counted) AS events,
        (SELECT count(*)::text FROM billing.invoices i WHERE i.customer_id = a.customer_id) AS invoices,
        (SELECT string_agg(kind || ': ' || detail, ', ') FROM billing.drifts d
          WHERE d.customer_id = a.customer_id AND d.repaired_at IS NULL) AS alarms
      FROM billing.accounts a
      WHERE customer_id = \(UUID(uuidString: name)) OR email = lower(\(name)) OR stripe_customer = \(name)
      ORDER BY created_at
      """)
    let names = [
      "customer", "email", "language", "name", "trial_ends_at", "stripe_customer", "subscription", "status", "plan",
      "price", "period", "amount", "period_ends_at", "cancel_at", "ended_at", "past_due_since", "problem",
      "problem_invoice", "changes", "synced_at", "sync_until", "events", "invoices", "alarms",
    ]
    return try rows.map { row in
      try names.map { name in (name, try row.optionalString(.name(name)) ?? "-") }
    }
  }
}
