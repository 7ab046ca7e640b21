import Database
import FoundationEssentials
import HTTP
import Services

extension BillingModule {
  /// The customer at Stripe, created when there is none; one for each of ours, whenever a process ends.
  ///
  /// - Returns: nil when Stripe does not know the customer any more: the next call makes a new one.
  /// - Throws: ``Problem`` of 409 when Stripe knows a live subscription that was not known here; now it is.
  func unsubscribedStripeCustomer(of account: AccountRecord) throws -> String? {
    guard let known = account.stripeCustomer else { return try createStripeCustomer(of: account) }
    switch try liveSubscriptions(of: known) {
    case nil:
      try forgetStripeCustomer(account.customer)
      return nil
    case 0: return known
    default:
      try synchronize(account.customer, patiently: true)
      throw Problem(.alreadySubscribed)
    }
  }

  /// How many live subscriptions Stripe knows of the customer; nil when it does not know the customer.
  private func liveSubscriptions(of stripeCustomer: String) throws -> Int? {
    let form: Form = [
      "customer": stripeCustomer, "status": "all", "limit": "100", "expand[0]": "data.latest_invoice",
    ]
    do {
      let found = try stripe.get("/v1/subscriptions", form)["data"]?.arrayValue ?? []
      return found.count { SubscriptionStatus(rawValue: $0["status"]?.stringValue ?? "")?.isLive == true }
    } catch {
      guard error.isMissing else { throw error }
      return nil
    }
  }

  /// Stripe does not know the customer any more: the next checkout makes a new one.
  func forgetStripeCustomer(_ customer: CustomerID) throws {
    _ = try database.execute(
      "UPDATE billing.accounts SET stripe_customer = NULL WHERE customer_id = \(customer.uuid)")
  }

  private static let customerMatter = "customer"

  private func createStripeCustomer(of account: AccountRecord) throws -> String {
    guard let contact = account.contact else { throw Problem(.internalError) }
    guard let call = try reserveCall(account, contact) else {
      // Another request has created it meanwhile.
      guard let customer = try accountRecord(of: account.customer).stripeCustomer else {
        throw Problem(.overloaded, retryAfterSeconds: 1)
      }
      return customer
    }
    var key = call.key
    if call.isForgotten {
      if let found = try findStripeCustomer(account.customer, email: call.lookup) {
        return try adopt(found, account.customer)
      }
      key = try renewCall(account.customer, call)
    }
    do {
      let created = try stripe.post("/v1/customers", body: call.parameters, idempotencyKey: key)
      guard let id = created["id"]?.stringValue else { throw StripeError.unreadable(requestID: nil) }
      return try adopt(id, account.customer)
    } catch let error as StripeError {
      // Under this key Stripe would refuse for ever.
      if error.isFinal {
        _ = try database.execute("DELETE FROM billing.calls WHERE \(Self.call(of: account.customer))")
      }
      throw error
    }
  }

  private struct Call {
    let key: String
    let parameters: String
    let lookup: String
    let isForgotten: Bool
  }

  /// Keeps key and body of the creation before it is first sent; a repeat gets those that were kept.
  ///
  /// - Returns: nil when the customer has been created meanwhile.
  private func reserveCall(_ account: AccountRecord, _ contact: Contact) throws -> Call? {
    let form: Form = [
      "email": contact.email.text, "name": contact.name, "preferred_locales[0]": contact.language.rawValue,
      "metadata[smartpages_customer]": account.customer.text,
    ]
    return try database.transaction { transaction in
      guard try lockAccount(account.customer, transaction).stripeCustomer == nil else { return nil }
      let rows = try transaction.query(
        """
        INSERT INTO billing.calls (customer_id, matter, key, parameters, lookup)
        VALUES (
          \(account.customer.uuid), \(Self.customerMatter), \(UUID()), \(form.text), \(contact.email.text)
        )
        ON CONFLICT (customer_id, matter) DO UPDATE SET matter = excluded.matter
        RETURNING key::text, parameters, lookup, sent_at < now() - interval '23 hours' AS is_forgotten
        """)
      return Call(
        key: try rows[0].string("key"), parameters: try rows[0].string("parameters"),
        lookup: try rows[0].string("lookup"), isForgotten: try rows[0].bool("is_forgotten"))
    }
  }

  private func renewCall(_ customer: CustomerID, _ call: Call) throws -> String {
    let rows = try database.query(
      """
      UPDATE billing.calls SET key = \(UUID()), sent_at = now()
      WHERE \(Self.call(of: customer)) AND key = \(call.key)::uuid
      RETURNING key::text
      """)
    guard let row = rows.first else { throw Problem(.overloaded, retryAfterSeconds: 1) }
    return try row.string("key")
  }

  private func findStripeCustomer(_ customer: CustomerID, email: String) throws -> String? {
    let found = try stripe.get("/v1/customers", ["email": email, "limit": "100"])
    return found["data"]?.arrayValue?
      .first { $0["metadata"]?["smartpages_customer"]?.stringValue == customer.text }?["id"]?.stringValue
  }

  /// Notes the customer; events that came before it was known are its from now on.
  private func adopt(_ stripeCustomer: String, _ customer: CustomerID) throws -> String {
    try database.transaction { transaction in
      let noted = try transaction.execute(
        """
        UPDATE billing.accounts SET stripe_customer = \(stripeCustomer)
        WHERE customer_id = \(customer.uuid) AND stripe_customer IS NULL
        """)
      _ = try transaction.execute("DELETE FROM billing.calls WHERE \(Self.call(of: customer))")
      if noted == 1 { try bindParkedEvents(of: stripeCustomer, in: transaction) }
      return stripeCustomer
    }
  }

  private static func call(of customer: CustomerID) -> SQL {
    "customer_id = \(customer.uuid) AND matter = \(customerMatter)"
  }
}
