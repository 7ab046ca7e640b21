import HTTP
package import Services

extension BillingModule {
  package func synchronizeAccount(_ caller: Caller) throws -> [UInt8] {
    try synchronize(caller.customer, patiently: true)
    return try account(caller)
  }

  /// Fetches the customer's subscription from Stripe and stores it, with the mails and entitlements that follow.
  ///
  /// - Parameter patiently: waits for a fetch that is under way, up to some seconds; else throws at once.
  func synchronize(_ customer: CustomerID, patiently: Bool) throws {
    throw Problem(.paymentUnavailable)
  }
}
