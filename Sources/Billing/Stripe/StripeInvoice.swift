import HTTP

/// An invoice as Stripe tells it, in as far as it matters here (https://docs.stripe.com/api/invoices/object).
struct StripeInvoice: Equatable {
  let id: String
  let number: String?
  /// draft, open, paid, void or uncollectible.
  let status: String
  /// In the currency's smallest unit; negative for a credit.
  let total: Int64
  let paid: Int64
  let remaining: Int64
  let currency: String
  let created: Int64
  let finalizedAt: Int64?
  let paidAt: Int64?
  /// Stripe's page for it, where it can be paid.
  let url: String?
  let pdf: String?
  let subscription: String?
  /// Whether a payment was tried.
  let isAttempted: Bool
  let nextAttempt: Int64?

  /// - Throws: ``StripeError/unexpected`` when a member that must be there is not.
  init(_ json: JSON) throws(StripeError) {
    guard let id = json["id"]?.stringValue, let status = json["status"]?.stringValue,
      let total = json["total"]?.integerValue, let currency = json["currency"]?.stringValue,
      let created = json["created"]?.integerValue
    else { throw .unexpected("an invoice without id, status, total or time: \(json["id"]?.stringValue ?? "-")") }
    self.id = id
    self.status = status
    self.total = total
    self.currency = currency
    self.created = created
    number = json["number"]?.stringValue
    paid = json["amount_paid"]?.integerValue ?? 0
    remaining = json["amount_remaining"]?.integerValue ?? 0
    finalizedAt = json["status_transitions"]?["finalized_at"]?.integerValue
    paidAt = json["status_transitions"]?["paid_at"]?.integerValue
    url = json["hosted_invoice_url"]?.stringValue
    pdf = json["invoice_pdf"]?.stringValue
    let owner = json["parent"]?["subscription_details"]?["subscription"]
    subscription = owner?.stringValue ?? owner?["id"]?.stringValue
    isAttempted = (json["attempt_count"]?.integerValue ?? 0) > 0
    nextAttempt = json["next_payment_attempt"]?.integerValue
  }

  /// Whether a payment of it was tried and did not come about.
  var isOwed: Bool { status == "open" && isAttempted && remaining > 0 }
}
