import Database
import Services

/// What a fetch shows that no event had told of, and what a person must look at; written with the fetch.
struct Alarms {
  /// More than one live subscription: the customer pays twice.
  static let doubleSubscription = "double_subscription"
  /// A live subscription whose price stands in no plan: what it allows is not known.
  static let unknownPrice = "unknown_price"
  /// A customer at Stripe that no account has, with a live subscription: somebody pays and has nothing of it.
  static let unknownCustomer = "unknown_customer"
  /// An account's customer that Stripe does not know, and never deleted: perhaps the key is of another account.
  static let missingCustomer = "missing_customer"

  /// An event that never arrived.
  static let missedEvent = "missed_event"

  let module: BillingModule
  let lease: SyncLease
  let snapshot: StripeSnapshot
  let state: AccountState

  /// - Parameter differences: what was another although nothing was known to have happened.
  func note(differences: [String], in transaction: Transaction) throws {
    if !differences.isEmpty { try noteDrift(differences, in: transaction) }
    // What was fetched is known on both sides.
    var over = [Self.unknownCustomer, Self.missingCustomer]
    for (kind, detail) in lasting {
      if let detail { try begin(kind, detail, in: transaction) } else { over.append(kind) }
    }
    _ = try transaction.execute(
      """
      UPDATE billing.drifts SET repaired_at = now()
      WHERE kind = ANY(\(over)) AND repaired_at IS NULL
        AND coalesce(customer_id::text, detail) = ANY(\([lease.customer.text, lease.stripeCustomer]))
      """)
  }

  /// Each kind, with its detail while it holds.
  private var lasting: [(kind: String, detail: String?)] {
    let live = snapshot.subscriptions.filter { $0.status.hasBegun }.map(\.id).sorted()
    let isPriceUnknown = state.status?.hasBegun == true && state.plan == nil
    return [
      (Self.doubleSubscription, live.count > 1 ? live.joined(separator: " ") : nil),
      (Self.unknownPrice, isPriceUnknown ? state.price ?? "none" : nil),
    ]
  }

  private func begin(_ kind: String, _ detail: String, in transaction: Transaction) throws {
    let begun = try transaction.execute(
      """
      INSERT INTO billing.drifts (customer_id, kind, detail)
      VALUES (\(lease.customer.uuid), \(kind), \(detail))
      ON CONFLICT (kind, coalesce(customer_id::text, detail)) WHERE repaired_at IS NULL DO NOTHING
      """)
    let (log, customer) = (module.log, lease.customer)
    if begun == 1 { transaction.afterCommit { log(.alarm(customer: customer, kind: kind, detail: detail)) } }
  }

  private func noteDrift(_ differences: [String], in transaction: Transaction) throws {
    let kind = Self.kind(of: differences)
    let detail = differences.joined(separator: " ")
    _ = try transaction.execute(
      """
      INSERT INTO billing.drifts (customer_id, kind, detail, repaired_at)
      VALUES (\(lease.customer.uuid), \(kind), \(detail), now())
      """)
    let (log, customer) = (module.log, lease.customer)
    transaction.afterCommit { log(.drift(customer: customer, kind: kind, detail: detail)) }
  }

  private static func kind(of differences: [String]) -> String {
    if differences.contains("customer_deleted") { return "customer_deleted" }
    if differences.contains("subscription") { return "other_subscription" }
    return differences == ["invoices"] ? "invoices" : "subscription"
  }
}
