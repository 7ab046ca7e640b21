package import Database
import FoundationEssentials
import HTTP
import Jobs
package import Services

extension BillingModule {
  /// The kind of the jobs that have a subscription end, or go on, with its customer.
  package static let leavingJobKind = "billing.leave"

  package func setLeaving(_ isLeaving: Bool, of customer: CustomerID, in transaction: Transaction) throws {
    let changed = try transaction.execute(
      """
      UPDATE billing.accounts SET leaving = \(isLeaving)
      WHERE customer_id = \(customer.uuid) AND leaving <> \(isLeaving) AND closed_at IS NULL
      """)
    guard changed == 1 else { return }
    try jobs.enqueue(
      NewJob(
        kind: Self.leavingJobKind, key: "\(Self.leavingJobKind):\(customer.text)", keyUntilTaken: true,
        payload: JSON.object([.init("customer", .string(customer.text))]).bytes),
      in: transaction)
  }

  /// Runs such a job: has Stripe follow what the account says now, so that of several the last one counts.
  func followLeaving(_ payload: [UInt8]) throws {
    guard let customer = try JSONParser.parse(payload)["customer"]?.stringValue.flatMap({ CustomerID($0) }) else {
      throw JobFailure.discard(reason: "the payload names no customer")
    }
    // Noted before Stripe is asked: killed between the two, this goes on where it was.
    try database.execute(
      """
      UPDATE billing.accounts SET ends_by_leaving = true
      WHERE customer_id = \(customer.uuid) AND leaving AND cancel_at IS NULL AND closed_at IS NULL
      """)
    let rows = try database.query(
      "SELECT leaving, ends_by_leaving FROM billing.accounts WHERE customer_id = \(customer.uuid)")
    guard let row = rows.first, try row.bool("ends_by_leaving") else { return }
    let isLeaving = try row.bool("leaving")
    let account = try accountRecord(of: customer)
    if account.isSubscribed, let subscription = account.subscription {
      let path = "/v1/subscriptions/\(subscription)"
      let form = isLeaving ? ["cancel_at_period_end": "true"] : try resumption(path)
      // The request names the state that is wanted: however often it arrives, that follows.
      if let form { _ = try stripe.post(path, form, idempotencyKey: UUID().uuidString.lowercased()) }
      try synchronize(customer, patiently: true)
    }
    if !isLeaving {
      try database.execute(
        "UPDATE billing.accounts SET ends_by_leaving = false WHERE customer_id = \(customer.uuid) AND NOT leaving")
    }
  }
}
