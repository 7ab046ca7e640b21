import Database
import HTTP
import Services

/// How a session stands at Stripe.
enum SessionStatus {
  case open, complete, over
}

/// How a checkout ended here.
enum CheckoutEnd: String {
  case completed, expired
}

extension BillingModule {
  func sessionStatus(_ session: String) throws -> SessionStatus {
    do {
      switch try stripe.get("/v1/checkout/sessions/\(session)")["status"]?.stringValue {
      case "open": return .open
      case "complete": return .complete
      default: return .over
      }
    } catch {
      guard error.isMissing else { throw error }
      return .over
    }
  }

  func end(_ record: CheckoutRecord, as end: CheckoutEnd) throws {
    try database.transaction { transaction in
      _ = try transaction.execute(
        """
        UPDATE billing.checkouts SET state = \(end.rawValue)
        WHERE id = \(record.id) AND state IN ('reserved', 'open')
        """)
      // Stripe may not know the customer any more, but the trial was had.
      if end == .completed { try noteTrialBegan(of: record.customer, in: transaction) }
    }
  }

  /// Creates the session, or repeats the creation whose outcome is not known.
  func send(_ record: CheckoutRecord, _ choice: CheckoutChoice, _ caller: Caller) throws {
    guard let parameters = try record.parameters ?? prepare(record, choice, caller) else { return }
    do {
      let session = try stripe.post("/v1/checkout/sessions", body: parameters, idempotencyKey: record.text)
      try opened(record, session)
    } catch let error as StripeError {
      if error.isKeptFailure { return try find(record) }
      guard let refusal = error.refusal, refusal.isFinal else { throw error }
      // Stripe has not made one and, under this key, never will.
      try end(record, as: .expired)
      if refusal.isMissing, refusal.parameter == "customer" { return try forgetStripeCustomer(record.customer) }
      // What Stripe has against the purchase of who brings a code is the code: used up, for others, too small an amount.
      if record.promotionCode != nil || refusal.parameter?.hasPrefix("discounts") == true {
        throw Self.promotionCodeRefused
      }
      throw error
    }
  }

  /// Looks for the session of a creation that cannot be repeated any more; without one, the checkout is over.
  func find(_ record: CheckoutRecord) throws {
    guard let customer = try accountRecord(of: record.customer).stripeCustomer else {
      return try end(record, as: .expired)
    }
    let open: JSON
    do {
      open = try stripe.get("/v1/checkout/sessions", ["customer": customer, "status": "open"])
    } catch {
      guard error.isMissing else { throw error }
      return try end(record, as: .expired)
    }
    let session = open["data"]?.arrayValue?.first { $0["metadata"]?["smartpages_checkout"]?.stringValue == record.text }
    guard let session else { return try end(record, as: .expired) }
    try opened(record, session)
  }

  static let promotionCodeRefused = Problem(invalid: [FieldError("/promotion_code", .invalid)])

  private func opened(_ record: CheckoutRecord, _ session: JSON) throws {
    guard let id = session["id"]?.stringValue, let url = session["url"]?.stringValue,
      let expiresAt = session["expires_at"]?.integerValue, isStripes(url)
    else { throw StripeError.unreadable(requestID: nil) }
    _ = try database.execute(
      """
      UPDATE billing.checkouts
      SET state = 'open', session = \(id), url = \(url), expires_at = \(Timestamp(microseconds: expiresAt * 1_000_000))
      WHERE id = \(record.id) AND state = 'reserved'
      """)
  }
}
