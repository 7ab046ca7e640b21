import Database
import HTTP
import Services

extension BillingModule {
  /// Composes the body of a session and keeps it before it is first sent. Of several at once, all get what the first
  /// has kept.
  ///
  /// - Returns: nil when the checkout is over meanwhile.
  func prepare(_ record: CheckoutRecord, _ choice: CheckoutChoice, _ caller: Caller) throws -> String? {
    let account = try accountRecord(of: record.customer)
    guard let customer = try unsubscribedStripeCustomer(of: account) else { return nil }
    let promotion = try choice.promotionCode.map { try promotionCode($0) }
    let form = try sessionForm(record, choice, account, customer: customer, promotion: promotion, caller)
    let kept = try database.query(
      """
      UPDATE billing.checkouts
      SET parameters = coalesce(parameters, \(form.text)), sent_at = coalesce(sent_at, now())
      WHERE id = \(record.id) AND state = 'reserved'
      RETURNING parameters
      """)
    return try kept.first?.string("parameters")
  }

  private func sessionForm(
    _ record: CheckoutRecord, _ choice: CheckoutChoice, _ account: AccountRecord, customer: String,
    promotion: String?, _ caller: Caller
  ) throws -> Form {
    let now = Instant.now
    let id = record.customer.text
    var form: Form = [
      "mode": "subscription", "customer": customer, "client_reference_id": id,
      "line_items[0][price]": choice.price.id, "line_items[0][quantity]": "1",
      "success_url": "\(settings.dashboard)/billing?checkout=done&session_id={CHECKOUT_SESSION_ID}",
      "cancel_url": "\(settings.dashboard)/billing?checkout=cancelled",
      "locale": caller.language.rawValue,
      "billing_address_collection": "required", "tax_id_collection[enabled]": "true",
      "customer_update[name]": "auto", "customer_update[address]": "auto",
      "payment_method_collection": "always",
      "subscription_data[metadata][smartpages_customer]": id,
      "metadata[smartpages_customer]": id, "metadata[smartpages_checkout]": record.text,
      "expires_at": String(now.seconds + 3600),
    ]
    if let promotion {
      form.add("discounts[0][promotion_code]", promotion)
    } else {
      form.add("allow_promotion_codes", "true")
    }
    if settings.automaticTax { form.add("automatic_tax[enabled]", "true") }
    try addTrial(to: &form, account, at: now)
    return form
  }

  /// What is left of the trial is carried over, as far as Stripe takes it; where the trial asks for a card, it begins
  /// with the first checkout of the person.
  private func addTrial(to form: inout Form, _ account: AccountRecord, at now: Instant) throws {
    if plans.trialNeedsCard {
      if settings.trialDays > 0, try mayHaveTrial(account) {
        form.add("subscription_data[trial_period_days]", String(settings.trialDays))
      }
    } else if account.state.trialEndsAt >= now.adding(seconds: Self.shortestTrialSeconds) {
      form.add("subscription_data[trial_end]", String(account.state.trialEndsAt.seconds))
    }
  }

  /// 48 hours by Stripe's rule for `subscription_data[trial_end]`, and some minutes for clocks and the way there.
  private static let shortestTrialSeconds: Int64 = 48 * 3600 + 300

  /// Stripe's id of a code that may be used now.
  ///
  /// - Throws: ``Problem`` of 422 when there is none.
  private func promotionCode(_ code: String) throws -> String {
    let found = try stripe.get("/v1/promotion_codes", ["code": code, "active": "true", "limit": "1"])
    guard let id = found["data"]?.arrayValue?.first?["id"]?.stringValue else { throw Self.promotionCodeRefused }
    return id
  }
}
