import Database
import HTTP
import Services

/// An account as it stands: the trial, and the subscription as Stripe last told it.
struct AccountRecord: Sendable {
  let customer: CustomerID
  let state: EntitlementTable.State
  let contact: Contact?
  let stripeCustomer: String?
  let subscription: String?
  let subscriptionItem: String?
  let period: Period?
  let amount: Int64?
  let currency: String?
  let periodEndsAt: Instant?
  let cancelAt: Instant?
  let endedAt: Instant?
  let syncedAt: Instant?

  /// The columns that ``init(_:)`` reads.
  static let columns: SQL = """
    a.customer_id, a.status, a.price, a.trial_ends_at, a.past_due_since, a.email, a.language, a.name,
    a.stripe_customer, a.subscription, a.subscription_item, a.period, a.amount, a.currency, a.period_ends_at,
    a.cancel_at, a.ended_at, a.synced_at
    """

  init(_ row: Row) throws {
    customer = CustomerID(try row.uuid("customer_id"))
    state = try EntitlementTable.State(row)
    let language = try row.optionalString("language").flatMap { Language(rawValue: $0) } ?? .english
    let name = try row.optionalString("name") ?? ""
    contact = try row.optionalString("email").flatMap { EmailAddress($0) }.map {
      Contact(email: $0, language: language, name: name)
    }
    stripeCustomer = try row.optionalString("stripe_customer")
    subscription = try row.optionalString("subscription")
    subscriptionItem = try row.optionalString("subscription_item")
    period = try row.optionalString("period").flatMap { Period(rawValue: $0) }
    amount = try row.optionalInt("amount").map { Int64($0) }
    currency = try row.optionalString("currency")
    periodEndsAt = try row.optionalTimestamp("period_ends_at").map { Instant($0) }
    cancelAt = try row.optionalTimestamp("cancel_at").map { Instant($0) }
    endedAt = try row.optionalTimestamp("ended_at").map { Instant($0) }
    syncedAt = try row.optionalTimestamp("synced_at").map { Instant($0) }
  }

  /// Whether there is a subscription beside which there must be no second one.
  var isSubscribed: Bool { state.status?.isLive ?? false }

  /// Whether the plan may be changed: paid for, and not about to end.
  var canChange: Bool { [.trialing, .active].contains(state.status) && cancelAt == nil }

  var canCancel: Bool { [.trialing, .active, .pastDue, .unpaid].contains(state.status) && cancelAt == nil }

  var canResume: Bool { [.trialing, .active, .pastDue].contains(state.status) && cancelAt != nil }
}

extension BillingModule {
  /// - Throws: ``Problem`` of 404 when there is no account.
  func accountRecord(of customer: CustomerID) throws -> AccountRecord {
    let rows = try database.query(
      "SELECT \(AccountRecord.columns) FROM billing.accounts a WHERE a.customer_id = \(customer.uuid)")
    guard let row = rows.first else { throw Problem(.notFound) }
    return try AccountRecord(row)
  }
}
