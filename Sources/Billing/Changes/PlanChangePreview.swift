import Database
import HTTP
package import Services

/// The amounts of a change of plan as shown to a person, and what they were computed from.
struct PlanChangePreview {
  /// How long the amounts may be agreed to.
  static let lifetimeSeconds: Int64 = 900
  /// A customer's newest so many may be agreed to: who compares plans looks at a handful.
  static let openLimit = 10
}

extension BillingModule {
  package func previewPlanChange(_ change: Change) throws -> [UInt8] {
    var reader = try ObjectReader(change.body)
    let read = PlanChoice(&reader, plans)
    try reader.finish()
    guard let choice = read else { throw Problem(.internalError) }
    try refuseReusedKey(change)
    let account = try accountRecord(of: change.caller.customer)
    guard account.isSubscribed, let customer = account.stripeCustomer, let subscription = account.subscription,
      let item = account.subscriptionItem
    else { throw Problem(.notSubscribed) }
    guard account.canChange, account.state.price != choice.price.id else { throw Problem(.conflict) }
    let id = Identifier<PlanChangePreview>.new()
    // Stripe counts in seconds; the change must name the very same one.
    let moment = Instant(seconds: Instant.now.seconds)
    let form: Form = [
      "customer": customer, "subscription": subscription,
      "subscription_details[items][0][id]": item, "subscription_details[items][0][price]": choice.price.id,
      "subscription_details[proration_behavior]": "always_invoice",
      "subscription_details[proration_date]": String(moment.seconds),
    ]
    let invoice = try waitingOutside {
      try learning(account) {
        try stripe.post("/v1/invoices/create_preview", form, idempotencyKey: "\(id.text):preview")
      }
    }
    _ = try database.execute(
      """
      WITH surplus AS (
        DELETE FROM billing.previews WHERE id IN (
          SELECT id FROM billing.previews WHERE customer_id = \(account.customer.uuid)
          ORDER BY created_at DESC, id DESC OFFSET \(PlanChangePreview.openLimit - 1))
      )
      INSERT INTO billing.previews (id, customer_id, subscription, plan, period, price, from_price, proration_at)
      VALUES (
        \(id.uuid), \(account.customer.uuid), \(subscription), \(choice.plan.id), \(choice.price.period.rawValue),
        \(choice.price.id), \(account.state.price), \(Timestamp(microseconds: moment.microseconds))
      )
      """)
    return try Self.answer(id, choice, invoice, at: moment).bytes
  }

  private static func answer(
    _ id: Identifier<PlanChangePreview>, _ choice: PlanChoice, _ invoice: JSON, at moment: Instant
  ) throws -> JSON {
    guard let due = invoice["amount_due"]?.integerValue, let total = invoice["total"]?.integerValue,
      let currency = invoice["currency"]?.stringValue
    else { throw StripeError.unreadable(requestID: nil) }
    let lines = (invoice["lines"]?["data"]?.arrayValue ?? []).map { line -> JSON in
      ["description": line["description"] ?? .null, "amount": line["amount"] ?? 0]
    }
    return [
      "preview": .string(id.text), "plan": .string(choice.plan.id),
      "interval": .string(choice.price.period.rawValue), "amount_due": .integer(max(0, due)),
      "credit": .integer(max(0, -total)), "currency": .string(currency), "lines": .array(lines),
      "effective_at": .string(moment.rfc3339),
      "expires_at": .string(moment.adding(seconds: PlanChangePreview.lifetimeSeconds).rfc3339),
    ]
  }
}
