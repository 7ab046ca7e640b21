import Database
import Services

/// Where the trial asks for a card it begins with a subscription, and is to be had once: whatever became of the
/// subscription, or of the customer at Stripe.
///
/// That it has begun is noted by taking the person's trial away from the account: then it is nobody's any more.
extension BillingModule {
  /// Whether the next checkout of an account may bring a trial.
  func mayHaveTrial(_ account: AccountRecord) throws -> Bool {
    guard account.state.status?.hasEverBegun != true else { return false }
    let rows = try database.query("SELECT 1 FROM billing.trials WHERE customer_id = \(account.customer.uuid)")
    return !rows.isEmpty
  }

  /// Notes that the trial of an account has begun, in the transaction that stores why.
  func noteTrialBegan(of customer: CustomerID, in transaction: Transaction) throws {
    guard plans.trialNeedsCard else { return }
    _ = try transaction.execute(
      "UPDATE billing.trials SET customer_id = NULL WHERE customer_id = \(customer.uuid)")
  }
}

extension SubscriptionStatus {
  /// Whether the subscription could be used, now or before it ended.
  var hasEverBegun: Bool { hasBegun || self == .canceled }
}
