package import Database
import HTTP
import Jobs
package import Services

extension BillingModule {
  /// The kind of the jobs that end at Stripe what is still running there when a customer has gone.
  package static let endingJobKind = "billing.end"

  package func closeAccount(of customer: CustomerID, in transaction: Transaction) throws {
    let rows = try transaction.query(
      """
      SELECT stripe_customer, subscription, status FROM billing.accounts
      WHERE customer_id = \(customer.uuid) AND closed_at IS NULL FOR UPDATE
      """)
    guard let row = rows.first else { return }
    let status = try row.optionalString("status").flatMap { SubscriptionStatus(rawValue: $0) }
    if status?.isLive == true, let subscription = try row.optionalString("subscription") {
      try jobs.enqueue(
        NewJob(
          kind: Self.endingJobKind, key: "\(Self.endingJobKind):\(subscription)",
          payload: JSON.object([.init("subscription", .string(subscription))]).bytes),
        in: transaction)
    }
    // The number of the fetch goes on, so that one that is under way writes nothing any more.
    try transaction.execute(
      """
      UPDATE billing.accounts
      SET email = NULL, language = NULL, name = NULL, trial_mails = 2, closed_at = now(),
        closed_stripe_customer = stripe_customer, stripe_customer = NULL, problem = NULL, problem_invoice = NULL,
        past_due_since = NULL, sync_number = sync_number + 1, sync_until = NULL,
        status = CASE WHEN status IS NOT NULL THEN 'canceled' END,
        ended_at = CASE WHEN status IS NOT NULL THEN coalesce(ended_at, now()) END
      WHERE customer_id = \(customer.uuid)
      """)
    try transaction.execute("DELETE FROM billing.checkouts WHERE customer_id = \(customer.uuid)")
    try transaction.execute("DELETE FROM billing.calls WHERE customer_id = \(customer.uuid)")
    try transaction.execute("DELETE FROM billing.previews WHERE customer_id = \(customer.uuid)")
    try transaction.execute("DELETE FROM billing.idempotency_keys WHERE customer_id = \(customer.uuid)")
    // Their addresses open without a login.
    try transaction.execute(
      "UPDATE billing.invoices SET url = NULL, pdf_url = NULL WHERE customer_id = \(customer.uuid)")
    try transaction.execute("UPDATE billing.trials SET customer_id = NULL WHERE customer_id = \(customer.uuid)")
    if let stripeCustomer = try row.optionalString("stripe_customer") {
      try transaction.execute(
        "UPDATE billing.events SET payload = '' WHERE stripe_customer = \(stripeCustomer)")
    }
  }

  /// Runs a job that ends a subscription at once.
  func endSubscription(_ payload: [UInt8]) throws {
    guard let subscription = try JSONParser.parse(payload)["subscription"]?.stringValue else {
      throw JobFailure.discard(reason: "the payload names no subscription")
    }
    do {
      _ = try stripe.delete("/v1/subscriptions/\(subscription)")
    } catch {
      // It has ended before.
      guard error.isMissing else { throw error }
    }
  }

  /// What Stripe tells of customers that have gone names them: only that it was told is kept.
  func forgetClosedCustomers() throws {
    try database.execute(
      """
      UPDATE billing.events e SET payload = '' FROM billing.accounts a
      WHERE a.closed_stripe_customer = e.stripe_customer AND e.state <> 'processed' AND e.payload <> ''
      """)
  }
}
