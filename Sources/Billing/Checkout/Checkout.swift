import HTTP
package import Services

extension BillingModule {
  package func account(_ caller: Caller) throws -> [UInt8] { throw Problem(.paymentUnavailable) }
  package func checkout(_ change: Change) throws -> [UInt8] { throw Problem(.paymentUnavailable) }
  package func portal(_ change: Change) throws -> [UInt8] { throw Problem(.paymentUnavailable) }
  package func previewPlanChange(_ change: Change) throws -> [UInt8] { throw Problem(.paymentUnavailable) }
  package func changePlan(_ change: Change) throws -> [UInt8] { throw Problem(.paymentUnavailable) }
  package func setCancellation(_ isCancelled: Bool, _ change: Change) throws -> [UInt8] {
    throw Problem(.paymentUnavailable)
  }
  package func invoices(_ page: ListPage, _ caller: Caller) throws -> [UInt8] { throw Problem(.paymentUnavailable) }
}
