import HTTP
import Services

extension BillingModule {
  /// Runs a call about the subscription as it is known here. When Stripe's answer shows that it is another by now, it
  /// is fetched, and the caller told to look again.
  ///
  /// - Throws: ``Problem`` of 409 then.
  func learning<Result>(_ customer: CustomerID, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as StripeError {
      guard let refusal = error.refusal, refusal.tellsOfAnotherState else { throw error }
      try synchronize(customer, patiently: true)
      throw Problem(.conflict)
    }
  }
}

extension StripeRefusal {
  /// Whether the subscription is gone, has nothing more to bill, or has entered another period.
  fileprivate var tellsOfAnotherState: Bool {
    isMissing || code == "invoice_upcoming_none" || code == "subscription_canceled"
      || parameter?.hasSuffix("proration_date") == true || parameter?.hasSuffix("proration_date]") == true
  }
}
