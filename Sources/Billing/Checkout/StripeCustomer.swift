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
    guard let statuses = try subscriptions(of: known) else {
      try forgetStripeCustomer(account.customer)
      return nil
    }
    let isSubscribed = statuses.contains { $0.isLive }
    // One that has begun and ended unseen is told of as well: there is no second trial.
    if isSubscribed || (statuses.contains { $0.hasEverBegun } && account.state.status?.hasEverBegun != true) {
      try synchronize(account.customer, patiently: true)
    }
    if isSubscribed { throw Problem(.alreadySubscribed) }
    return known
  }

  /// How the subscriptions of the customer stand that Stripe knows; nil when it does not know the customer.
  private func subscriptions(of stripeCustomer: String) throws -> [SubscriptionStatus]? {
    let form: Form = [
      "customer": stripeCustomer, "status": "all", "limit": "100", "expand[0]": "data.latest_invoice",
    ]
    do {
      let found = try stripe.get("/v1/subscriptions", form)["data"]?.arrayValue ?? []
      return found.compactMap { SubscriptionStatus(rawValue: $0["status"]?.stringValue ?? "") }
    } catch {
      guard error.isMissing else { throw error }
      return nil
    }
  }

  /// Stripe does not know the customer any more: the next checkout makes a new one. An account with a subscription
  /// keeps it: only a fetch may say that the subscription is over.
  func forgetStripeCustomer(_ customer: CustomerID) throws {
    _ = try database.execute(
      """
      UPDATE billing.accounts SET stripe_customer = NULL
      WHERE customer_id = \(customer.uuid)
        AND (status IS NULL OR status IN ('incomplete', 'incomplete_expired', 'canceled'))
      """)
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
    if call.isForgotten { return try findOrCreate(account.customer, call) }
    do {
      return try create(account.customer, call)
    } catch let error as StripeError {
      guard error.isKeptFailure else { throw error }
      return try findOrCreate(account.customer, call)
    }
  }

  /// For a call that cannot be repeated under its key any more: what came of it is looked for.
  private func findOrCreate(_ customer: CustomerID, _ call: Call) throws -> String {
    let found = try stripe.get("/v1/customers", ["email": call.lookup, "limit": "100"])["data"]?.arrayValue ?? []
    let own = found.first { $0["metadata"]?["smartpages_customer"]?.stringValue == customer.text }
    if let id = own?["id"]?.stringValue { return try adopt(id, customer) }
    return try create(customer, renewed(customer, call))
  }

  private func create(_ customer: CustomerID, _ call: Call) throws -> String {
    do {
      let created = try stripe.post("/v1/customers", body: call.parameters, idempotencyKey: call.key)
      guard let id = created["id"]?.stringValue else { throw StripeError.unreadable(requestID: nil) }
      return try adopt(id, customer)
    } catch let error as StripeError {
      // Under this key Stripe would refuse for ever.
      if error.isFinal { _ = try database.execute("DELETE FROM billing.calls WHERE \(Self.call(of: customer))") }
      throw error
    }
  }

  private struct Call {
    var key: String
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

  /// The call under a new key; of several at once, one goes on.
  private func renewed(_ customer: CustomerID, _ call: Call) throws -> Call {
    let rows = try database.query(
      """
      UPDATE billing.calls SET key = \(UUID()), sent_at = now()
      WHERE \(Self.call(of: customer)) AND key = \(call.key)::uuid
      RETURNING key::text
      """)
    guard let row = rows.first else { throw Problem(.overloaded, retryAfterSeconds: 1) }
    var renewed = call
    renewed.key = try row.string("key")
    return renewed
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
      guard noted == 1 else {
        // Another request was quicker.
        return try lockAccount(customer, transaction).stripeCustomer ?? stripeCustomer
      }
      try bindParkedEvents(of: stripeCustomer, in: transaction)
      return stripeCustomer
    }
  }

  private static func call(of customer: CustomerID) -> SQL {
    "customer_id = \(customer.uuid) AND matter = \(customerMatter)"
  }
}
