package import Services

/// What Billing tells the log.
package enum BillingEvent: Sendable {
  /// An event that cannot be used, or not yet.
  case eventParked(event: String, type: String, reason: String)
  /// A fetch failed; tried again after `againInSeconds`.
  case syncFailed(stripeCustomer: String, error: String, againInSeconds: Double)
  /// A customer's events were given up; a person should look.
  case eventsDead(stripeCustomer: String, count: Int, reason: String)
  /// A difference to Stripe that no event had told of, repaired by this.
  case drift(customer: CustomerID?, kind: String, detail: String)
  /// A person must look: several live subscriptions, a price that stands in no plan.
  case alarm(customer: CustomerID, kind: String, detail: String)
  /// Reconciliation has looked at all customers.
  case roundCompleted(customers: Int, repaired: Int)
}
