import Database
import HTTP
import Services

/// Billing that knows what a customer may do without looking: what is left of a write when the guard costs nothing.
struct ConstantBilling: BillingService {
  let real: any BillingService
  let entitlements: Entitlements

  func entitlements(of customer: CustomerID) throws -> Entitlements { entitlements }
  func entitlements(of customer: CustomerID, in transaction: Transaction) throws -> Entitlements { entitlements }

  func entitlements(
    of customer: CustomerID, counting: SQL, in transaction: Transaction
  ) throws -> (entitlements: Entitlements, count: Int) {
    (entitlements, try transaction.query(counting)[0].int(0))
  }

  func openAccount(of customer: CustomerID, contact: Contact, in transaction: Transaction) throws {
    try real.openAccount(of: customer, contact: contact, in: transaction)
  }
  func updateContact(of customer: CustomerID, _ contact: Contact, in transaction: Transaction) throws {
    try real.updateContact(of: customer, contact, in: transaction)
  }
  func setLeaving(_ isLeaving: Bool, of customer: CustomerID, in transaction: Transaction) throws {
    try real.setLeaving(isLeaving, of: customer, in: transaction)
  }
  func closeAccount(of customer: CustomerID, in transaction: Transaction) throws {
    try real.closeAccount(of: customer, in: transaction)
  }
  func plan(allowing limit: KeyPath<Entitlements.Limits, Int>, above count: Int) -> String? {
    real.plan(allowing: limit, above: count)
  }
  var cheapestPlan: String { real.cheapestPlan }
  func plans(_ language: Language) -> [UInt8] { real.plans(language) }
  func account(_ caller: Caller) throws -> [UInt8] { try real.account(caller) }
  func synchronizeAccount(_ caller: Caller) throws -> [UInt8] { try real.synchronizeAccount(caller) }
  func checkout(_ change: Change) throws -> [UInt8] { try real.checkout(change) }
  func portal(_ change: Change) throws -> [UInt8] { try real.portal(change) }
  func previewPlanChange(_ change: Change) throws -> [UInt8] { try real.previewPlanChange(change) }
  func changePlan(_ change: Change) throws -> [UInt8] { try real.changePlan(change) }
  func setCancellation(_ isCancelled: Bool, _ change: Change) throws -> [UInt8] {
    try real.setCancellation(isCancelled, change)
  }
  func invoices(_ page: ListPage, _ caller: Caller) throws -> [UInt8] { try real.invoices(page, caller) }
  func receive(_ body: [UInt8], signature: String?) throws { try real.receive(body, signature: signature) }
}
