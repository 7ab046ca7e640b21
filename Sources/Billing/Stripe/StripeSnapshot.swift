import HTTP

/// All that Stripe told of one customer in one fetch.
struct StripeSnapshot: Equatable {
  /// What keeps an owed invoice from being paid.
  enum Obstacle: String {
    /// The payment was refused, or there is nothing to pay with.
    case failed
    /// The bank asks for a confirmation (3-D Secure).
    case actionNeeded = "action_needed"
  }

  let isDeleted: Bool
  let subscriptions: [StripeSubscription]
  /// The newest hundred.
  let invoices: [StripeInvoice]
  /// Of ``owedInvoice``.
  let obstacle: Obstacle?

  /// The subscription that counts.
  var counting: StripeSubscription? { StripeSubscription.counting(subscriptions) }

  /// The invoice of the counting subscription that a payment failed for; the newest, as paying that one mends it.
  var owedInvoice: StripeInvoice? { Self.owed(counting, invoices).last }

  /// The invoices of a subscription that are owed, oldest first.
  static func owed(_ subscription: StripeSubscription?, _ invoices: [StripeInvoice]) -> [StripeInvoice] {
    guard let subscription else { return [] }
    return invoices.filter { $0.subscription == subscription.id && $0.isOwed }
      .sorted { ($0.created, $0.id) < ($1.created, $1.id) }
  }
}

extension StripeAPI {
  /// Asks for all that is known of a customer: two requests, up to two more where they are needed.
  func snapshot(of customer: String) throws(StripeError) -> StripeSnapshot {
    let listed: [JSON]
    do {
      listed = try list(
        "/v1/subscriptions", ["customer": customer, "status": "all", "expand[0]": "data.latest_invoice"])
    } catch {
      guard error.isMissing, try isDeleted(customer) else { throw error }
      return StripeSnapshot(isDeleted: true, subscriptions: [], invoices: [], obstacle: nil)
    }
    var subscriptions: [StripeSubscription] = []
    for json in listed { subscriptions.append(try StripeSubscription(json)) }
    var invoices: [StripeInvoice] = []
    for json in try page("/v1/invoices", ["customer": customer, "limit": "100"]).items {
      invoices.append(try StripeInvoice(json))
    }
    // Who has a live subscription has not been deleted.
    let isDeleted = try subscriptions.contains { $0.status.hasBegun } ? false : isDeleted(customer)
    let owed = StripeSnapshot.owed(StripeSubscription.counting(subscriptions), invoices).last
    return StripeSnapshot(
      isDeleted: isDeleted, subscriptions: subscriptions, invoices: invoices,
      obstacle: try owed.map { invoice throws(StripeError) in try obstacle(of: invoice) })
  }

  private func isDeleted(_ customer: String) throws(StripeError) -> Bool {
    try get("/v1/customers/\(customer)")["deleted"]?.boolValue ?? false
  }

  /// Since 2025-03-31 an invoice's payments stand on their own (https://docs.stripe.com/api/invoice-payment).
  private func obstacle(of invoice: StripeInvoice) throws(StripeError) -> StripeSnapshot.Obstacle {
    let payments = try page(
      "/v1/invoice_payments",
      ["invoice": invoice.id, "limit": "10", "expand[0]": "data.payment.payment_intent"]
    ).items
    let needsAction = payments.contains { payment in
      let intent = payment["payment"]?["payment_intent"]
      return payment["status"]?.stringValue == "open"
        && (intent?["status"]?.stringValue == "requires_action"
          || intent?["last_payment_error"]?["code"]?.stringValue == "authentication_required")
    }
    return needsAction ? .actionNeeded : .failed
  }
}
