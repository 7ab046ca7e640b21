import HTTP
import Services

extension BillingModule {
  /// Runs a call about the subscription as it is known here. When Stripe refuses it, the subscription is fetched: if it
  /// is another by now, the caller is told to look again.
  ///
  /// - Throws: ``Problem`` of 409 then.
  func learning<Result>(_ account: AccountRecord, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as StripeError {
      guard error.isFinal, error.problem?.code == .paymentRefused else { throw error }
      try synchronize(account.customer, patiently: true)
      let now = try accountRecord(of: account.customer)
      guard now.subscription == account.subscription, now.state == account.state, now.cancelAt == account.cancelAt,
        now.periodEndsAt == account.periodEndsAt
      else { throw Problem(.conflict) }
      throw error
    }
  }
}
