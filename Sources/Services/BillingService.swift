package import Database
package import HTTP

/// The binding to Billing: what a customer has paid for, and what that allows.
///
/// Every method that takes a ``Caller`` or a ``Change`` sees that customer's account only. Bodies come as parsed JSON
/// and are checked here. What comes back is JSON as the API shows it.
package protocol BillingService: Sendable {
  /// Opens the account of a new customer and starts the trial, in the transaction that creates it. A person who had a
  /// trial before gets no second one.
  func openAccount(of customer: CustomerID, contact: Contact, in transaction: Transaction) throws
  /// Notes whom to write to about payment from now on.
  func updateContact(of customer: CustomerID, _ contact: Contact, in transaction: Transaction) throws

  /// Says whether a customer is about to leave: then the subscription ends with the period that is paid for, and goes on
  /// when that is taken back. A job has the payment provider follow.
  func setLeaving(_ isLeaving: Bool, of customer: CustomerID, in transaction: Transaction) throws
  /// Forgets who the customer was, in the transaction that removes it, and ends a subscription that still runs.
  ///
  /// What stays: which plan was paid when, with the invoices' numbers, amounts and days, and the payment provider's id of
  /// the customer, by which the invoices themselves are found there (§ 147 AO and § 257 HGB demand them for eight years);
  /// and the hash of the address that had a trial, so that there is no second one.
  func closeAccount(of customer: CustomerID, in transaction: Transaction) throws

  /// What the customer may do, as of now.
  func entitlements(of customer: CustomerID) throws -> Entitlements
  /// The same inside a writing transaction, so that two writers cannot exceed a limit together.
  func entitlements(of customer: CustomerID, in transaction: Transaction) throws -> Entitlements
  /// The same together with a number of the caller's own, in one round trip: what a limit is held against.
  ///
  /// - Parameter counting: a statement that selects the number from the caller's tables. It sees what was committed
  ///   before it begins: a lock that guards the number is taken by an earlier statement.
  func entitlements(
    of customer: CustomerID, counting: SQL, in transaction: Transaction
  ) throws -> (entitlements: Entitlements, count: Int)
  /// The cheapest plan that allows more than `count` of what `limit` counts; nil when none does.
  func plan(allowing limit: KeyPath<Entitlements.Limits, Int>, above count: Int) -> String?
  /// The cheapest plan, for who has none.
  var cheapestPlan: String { get }

  /// The plans with their prices, cheapest first.
  func plans(_ language: Language) -> [UInt8]
  /// The state of the customer's subscription.
  func account(_ caller: Caller) throws -> [UInt8]
  /// The same, fetched from the payment provider first.
  func synchronizeAccount(_ caller: Caller) throws -> [UInt8]
  /// Where to pay for a plan: one open checkout a customer.
  func checkout(_ change: Change) throws -> [UInt8]
  /// Where to manage payment methods and see invoices.
  func portal(_ change: Change) throws -> [UInt8]
  /// What a change of the plan would cost now; to be confirmed by ``changePlan(_:)``.
  func previewPlanChange(_ change: Change) throws -> [UInt8]
  func changePlan(_ change: Change) throws -> [UInt8]
  /// Ends the subscription with the period that is paid for, or takes that back.
  func setCancellation(_ isCancelled: Bool, _ change: Change) throws -> [UInt8]
  /// The invoices, newest first.
  func invoices(_ page: ListPage, _ caller: Caller) throws -> [UInt8]

  /// Takes a webhook of the payment provider: verified and stored when this returns.
  ///
  /// - Parameters:
  ///   - body: the bytes as they arrived.
  ///   - signature: the field `Stripe-Signature`.
  /// - Throws: ``Problem`` of 400 when the signature does not hold.
  func receive(_ body: [UInt8], signature: String?) throws
}

/// Whom to write to about payment.
package struct Contact: Sendable, Equatable {
  package let email: EmailAddress
  package let language: Language
  /// The customer's name, for invoices.
  package let name: String

  package init(email: EmailAddress, language: Language, name: String) {
    self.email = email
    self.language = language
    self.name = name
  }
}

/// Tells Customer, by a job in the transaction of the change, that a customer's limits are others now.
package enum EntitlementsChanged {
  /// The kind of the job; its payload is `{"customer": id}`.
  package static let jobKind = "customer.entitlements"
}
