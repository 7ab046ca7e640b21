package import Database

/// The binding to Billing: what a customer has paid for, and what that allows.
package protocol BillingService: Sendable {
  /// Starts the trial of a new customer, in the transaction that creates it.
  func startTrial(of customer: CustomerID, in transaction: Transaction) throws
  /// What the customer may do, as of now.
  func entitlements(of customer: CustomerID) throws -> Entitlements
  /// The same inside a writing transaction, so that two writers cannot exceed a limit together.
  func entitlements(of customer: CustomerID, in transaction: Transaction) throws -> Entitlements
}
