import Database
import Jobs

extension BillingModule {
  /// Has the events that came before their customer was known be processed, in the transaction that makes it known.
  func bindParkedEvents(of stripeCustomer: String, in transaction: Transaction) throws {
    let bound = try transaction.execute(
      """
      UPDATE billing.events SET state = 'received', reason = NULL
      WHERE stripe_customer = \(stripeCustomer) AND state = 'parked' AND reason = 'unknown_customer'
      """)
    guard bound > 0 else { return }
    try jobs.enqueue(
      NewJob(
        kind: Self.syncJobKind, key: "stripe:\(stripeCustomer)", keyUntilTaken: true,
        payload: Array(#"{"stripe":"\#(stripeCustomer)"}"#.utf8)),
      in: transaction)
  }

  /// Once a minute: events whose job was lost, or whose customer became known while they arrived, go on; old ones are
  /// forgotten.
  func tendInbox() throws {
    let bound: SQL = """
      UPDATE billing.events e SET state = 'received', reason = NULL
      FROM billing.accounts a
      WHERE e.state = 'parked' AND e.reason = 'unknown_customer' AND a.stripe_customer = e.stripe_customer
      RETURNING e.stripe_customer
      """
    let late: SQL = """
      SELECT stripe_customer FROM billing.events
      WHERE state = 'received' AND received_at < now() - interval '1 minute' AND stripe_customer IS NOT NULL
      LIMIT 10000
      """
    // A job that waits after a failure keeps its time.
    let job = JobQueue.insertion(
      kind: Self.syncJobKind, key: Self.syncJobKey, payload: Self.syncJobPayload,
      from: "(SELECT stripe_customer FROM bound UNION SELECT stripe_customer FROM late ORDER BY 1) AS customers",
      hastening: false)
    let made = try database.execute("WITH bound AS (\(bound)), late AS (\(late)) \(job)")
    if made > 0 { jobs.wake() }
    try forgetClosedCustomers()
    try forgetOldEvents()
  }

  /// Stripe lists events for thirty days; until then a repeat must find them here. What was mended long ago goes too.
  private func forgetOldEvents() throws {
    while try database.execute(
      """
      DELETE FROM billing.events WHERE id IN (
        SELECT id FROM billing.events
        WHERE received_at < now() - interval '60 days' AND state IN ('processed', 'parked')
        LIMIT 1000
      )
      """) == 1000
    {}
    _ = try database.execute("DELETE FROM billing.drifts WHERE repaired_at < now() - interval '400 days'")
  }
}
