import Database
import FoundationEssentials
import HTTP
package import Services

extension BillingModule {
  package func changePlan(_ change: Change) throws -> [UInt8] {
    var reader = try ObjectReader(change.body)
    let text = reader.string("preview", minimum: 1, maximum: 100)
    try reader.finish()
    try refuseReusedKey(change)
    let customer = change.caller.customer
    guard let id = Identifier<PlanChangePreview>(text) else { throw Problem(.notFound) }
    let account = try accountRecord(of: customer)
    let rows = try database.query(
      """
      SELECT price, from_price, extract(epoch FROM proration_at)::bigint AS proration_date FROM billing.previews
      WHERE id = \(id.uuid) AND customer_id = \(customer.uuid) AND subscription = \(account.subscription)
        AND proration_at > now() - \(Int(PlanChangePreview.lifetimeSeconds)) * interval '1 second'
      """)
    guard let row = rows.first else { throw Problem(.notFound) }
    guard account.isSubscribed, let subscription = account.subscription, let item = account.subscriptionItem else {
      throw Problem(.notSubscribed)
    }
    let price = try row.string("price")
    // Changed meanwhile, in another tab: by this very preview, or so that its amounts no longer hold.
    let isSame = try row.optionalString("from_price") == account.state.price
    guard isSame && account.canChange || account.state.price == price else { throw Problem(.conflict) }
    let form: Form = [
      "items[0][id]": item, "items[0][price]": price, "proration_behavior": "always_invoice",
      "proration_date": String(try row.int("proration_date")), "payment_behavior": "error_if_incomplete",
    ]
    return try waitingOutside {
      try learning(account) {
        do {
          _ = try stripe.post("/v1/subscriptions/\(subscription)", form, idempotencyKey: id.text)
        } catch let error as StripeError {
          // Under this key there will be no other answer; a new try needs a new preview.
          if error.isFinal || error.isKeptFailure {
            _ = try database.execute("DELETE FROM billing.previews WHERE id = \(id.uuid)")
          }
          throw error
        }
      }
      try synchronize(customer, patiently: true)
      return try self.account(change.caller)
    }
  }
}
