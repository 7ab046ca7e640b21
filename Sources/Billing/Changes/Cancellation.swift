import FoundationEssentials
import HTTP
package import Services

extension BillingModule {
  package func setCancellation(_ isCancelled: Bool, _ change: Change) throws -> [UInt8] {
    try readNothing(change)
    let account = try accountRecord(of: change.caller.customer)
    guard account.isSubscribed, let subscription = account.subscription else { throw Problem(.notSubscribed) }
    guard account.canCancel || account.canResume else { throw Problem(.conflict) }
    return try waitingOutside {
      try learning(account) {
        let path = "/v1/subscriptions/\(subscription)"
        let form = isCancelled ? ["cancel_at_period_end": "true"] : try resumption(path)
        // A key that outlived this call would replay an old answer when the same is wanted again after the opposite.
        // None is needed: the request names the state that is wanted, so however often it arrives, that follows.
        if let form { _ = try stripe.post(path, form, idempotencyKey: UUID().uuidString.lowercased()) }
      }
      try synchronize(account.customer, patiently: true)
      return try self.account(change.caller)
    }
  }

  /// What takes the planned end back. Stripe has two ways to plan one, and its portal uses the second
  /// (https://docs.stripe.com/billing/subscriptions/cancel); nil when none is planned.
  func resumption(_ path: String) throws -> Form? {
    let subscription = try stripe.get(path)
    if subscription["cancel_at_period_end"]?.boolValue == true { return ["cancel_at_period_end": "false"] }
    return subscription["cancel_at"]?.integerValue == nil ? nil : ["cancel_at": ""]
  }
}
