/// The states of a subscription at Stripe
/// (https://docs.stripe.com/api/subscriptions/object#subscription_object-status).
enum SubscriptionStatus: String, Sendable, CaseIterable {
  case incomplete
  case incompleteExpired = "incomplete_expired"
  case trialing, active
  case pastDue = "past_due"
  case canceled, unpaid, paused

  /// Whether the subscription is still there: beside it there must be no second one.
  var isLive: Bool {
    switch self {
    case .incomplete, .trialing, .active, .pastDue, .unpaid, .paused: true
    case .incompleteExpired, .canceled: false
    }
  }
}
