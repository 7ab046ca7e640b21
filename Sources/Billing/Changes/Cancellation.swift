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
      // A key that outlived this call would replay an old answer when the same is wanted again after the opposite.
      // None is needed: the request names the state that is wanted, so however often it arrives, that state follows.
      try learning(account.customer) {
        _ = try stripe.post(
          "/v1/subscriptions/\(subscription)", ["cancel_at_period_end": isCancelled ? "true" : "false"],
          idempotencyKey: UUID().uuidString.lowercased())
      }
      try synchronize(account.customer, patiently: true)
      return try self.account(change.caller)
    }
  }
}
