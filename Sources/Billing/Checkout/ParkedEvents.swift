import Database
import Services

extension BillingModule {
  func bindParkedEvents(of stripeCustomer: String, to customer: CustomerID, in transaction: Transaction) throws {}
}
