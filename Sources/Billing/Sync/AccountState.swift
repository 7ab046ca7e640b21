import Database

/// The part of an account that Stripe decides: a function of what Stripe told and nothing else, so that every order,
/// number and delay of events ends in the same state.
struct AccountState: Equatable {
  var subscription: String?
  var item: String?
  var status: SubscriptionStatus?
  /// By the price; nil: a price that stands in no plan.
  var plan: String?
  var price: String?
  /// month or year
  var period: String?
  var amount: Int64?
  var currency: String?
  var periodEndsAt: Timestamp?
  /// When it will end by itself.
  var cancelAt: Timestamp?
  var endedAt: Timestamp?
  /// Since when a payment is owed: when the oldest invoice that is owed was made out.
  var pastDueSince: Timestamp?
  var obstacle: StripeSnapshot.Obstacle?
  var owedInvoice: String?

  /// No subscription at all.
  init() {}

  /// - Parameter planOf: the plan that a price belongs to.
  init(_ snapshot: StripeSnapshot, planOf: (String) -> String?) {
    guard let counting = snapshot.counting else {
      self.init()
      return
    }
    self.init(counting, planOf: planOf)
    guard counting.status.isLive else { return }
    let owed = StripeSnapshot.owed(counting, snapshot.invoices)
    owedInvoice = owed.last?.id
    obstacle = owed.isEmpty ? nil : snapshot.obstacle ?? .failed
    if [.pastDue, .unpaid].contains(counting.status) {
      let begin = owed.first.map { $0.finalizedAt ?? $0.created }
      pastDueSince = Self.moment(begin ?? counting.periodStartsAt ?? counting.created)
    }
  }

  /// What a subscription says by itself.
  init(_ counting: StripeSubscription, planOf: (String) -> String?) {
    subscription = counting.id
    item = counting.item
    status = counting.status
    price = counting.price
    plan = counting.price.flatMap(planOf)
    period = ["month", "year"].contains(counting.interval) ? counting.interval : nil
    amount = counting.amount
    currency = counting.currency
    periodEndsAt = Self.moment(counting.periodEndsAt)
    cancelAt = Self.moment(counting.cancelAt)
    endedAt = Self.moment(counting.endedAt)
  }

  /// Names what differs, for logs and drifts.
  func differences(from other: AccountState) -> [String] {
    var names: [String] = []
    func compare<Value: Equatable>(_ name: String, _ member: KeyPath<AccountState, Value>) {
      if self[keyPath: member] != other[keyPath: member] { names.append(name) }
    }
    compare("subscription", \.subscription)
    compare("item", \.item)
    compare("status", \.status)
    compare("plan", \.plan)
    compare("price", \.price)
    compare("period", \.period)
    compare("amount", \.amount)
    compare("currency", \.currency)
    compare("period_ends_at", \.periodEndsAt)
    compare("cancel_at", \.cancelAt)
    compare("ended_at", \.endedAt)
    compare("past_due_since", \.pastDueSince)
    compare("problem", \.obstacle)
    compare("problem_invoice", \.owedInvoice)
    return names
  }

  static func moment(_ seconds: Int64?) -> Timestamp? {
    seconds.map { Timestamp(microseconds: $0 * 1_000_000) }
  }
}

extension AccountState {
  /// The columns that ``init(_:)-row`` reads.
  static let columns: SQL = """
    subscription, subscription_item, status, plan, price, period, amount, currency, period_ends_at, cancel_at,
    ended_at, past_due_since, problem, problem_invoice
    """

  init(_ row: Row) throws {
    subscription = try row.optionalString("subscription")
    item = try row.optionalString("subscription_item")
    status = try row.optionalString("status").flatMap { SubscriptionStatus(rawValue: $0) }
    plan = try row.optionalString("plan")
    price = try row.optionalString("price")
    period = try row.optionalString("period")
    amount = try row.optionalInt("amount").map { Int64($0) }
    currency = try row.optionalString("currency")
    periodEndsAt = try row.optionalTimestamp("period_ends_at")
    cancelAt = try row.optionalTimestamp("cancel_at")
    endedAt = try row.optionalTimestamp("ended_at")
    pastDueSince = try row.optionalTimestamp("past_due_since")
    obstacle = try row.optionalString("problem").flatMap { StripeSnapshot.Obstacle(rawValue: $0) }
    owedInvoice = try row.optionalString("problem_invoice")
  }
}
