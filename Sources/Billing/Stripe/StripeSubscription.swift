import HTTP

/// A subscription as Stripe tells it, in as far as it matters here
/// (https://docs.stripe.com/api/subscriptions/object).
struct StripeSubscription: Equatable {
  let id: String
  let status: SubscriptionStatus
  let created: Int64
  let item: String?
  let price: String?
  let interval: String?
  let amount: Int64?
  let currency: String?
  /// When the period that was paid for ends; stands on the item since 2025-03-31.
  let periodEndsAt: Int64?
  /// When the present period began, whether it was paid for or not.
  let periodStartsAt: Int64?
  /// When it will end by itself.
  let cancelAt: Int64?
  let endedAt: Int64?
  let latestInvoice: String?

  /// - Throws: ``StripeError/unexpected`` when a member that must be there is not.
  init(_ json: JSON) throws(StripeError) {
    guard let id = json["id"]?.stringValue, let created = json["created"]?.integerValue,
      let status = json["status"]?.stringValue.flatMap({ SubscriptionStatus(rawValue: $0) })
    else { throw .unexpected("a subscription without id, status or time: \(json["id"]?.stringValue ?? "-")") }
    self.id = id
    self.status = status
    self.created = created
    let item = json["items"]?["data"]?.arrayValue?.first
    let price = item?["price"]
    self.item = item?["id"]?.stringValue
    self.price = price?["id"]?.stringValue
    interval = price?["recurring"]?["interval"]?.stringValue
    amount = price?["unit_amount"]?.integerValue.map { $0 * (item?["quantity"]?.integerValue ?? 1) }
    currency = price?["currency"]?.stringValue ?? json["currency"]?.stringValue
    let periodEndsAt = item?["current_period_end"]?.integerValue
    self.periodEndsAt = periodEndsAt
    periodStartsAt = item?["current_period_start"]?.integerValue
    let endsWithPeriod = json["cancel_at_period_end"]?.boolValue ?? false
    cancelAt = status.hasBegun ? json["cancel_at"]?.integerValue ?? (endsWithPeriod ? periodEndsAt : nil) : nil
    endedAt = json["ended_at"]?.integerValue
    latestInvoice = json["latest_invoice"]?.stringValue ?? json["latest_invoice"]?["id"]?.stringValue
  }

  /// The one of a customer's subscriptions that counts: what gives most comes first, then what was there first, so
  /// that a second one made by mistake changes nothing; of those that are over, the last.
  static func counting(_ subscriptions: [StripeSubscription]) -> StripeSubscription? {
    subscriptions.min { left, right in
      if left.rank != right.rank { return left.rank < right.rank }
      if left.created != right.created { return (left.created < right.created) == left.status.hasBegun }
      return left.id < right.id
    }
  }

  private var rank: Int {
    switch status {
    case .active, .trialing: 0
    case .pastDue: 1
    case .paused: 2
    case .unpaid: 3
    case .incomplete: 4
    case .canceled: 5
    case .incompleteExpired: 6
    }
  }
}

extension SubscriptionStatus {
  /// Whether the subscription has begun and still is: several of them cost several times.
  var hasBegun: Bool { isLive && self != .incomplete }
}
