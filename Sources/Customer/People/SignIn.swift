import Database
package import HTTP
package import Services

extension CustomerModule {
  package func signIn(_ email: EmailAddress, language: Language, browser: String) throws -> Standing {
    try database.transaction { transaction in
      let user = try findOrCreateUser(email, language, transaction)
      // One login of a user at a time, so that two at once do not both make a customer.
      _ = try transaction.query("SELECT 1 FROM customer.users WHERE id = \(user.uuid) FOR UPDATE")
      var standing = try standing(of: user, for: nil, transaction)
      if standing.membership == nil, try !isInvited(email, transaction) {
        try openCustomer(for: standing, transaction)
        standing = try self.standing(of: user, for: nil, transaction)
      }
      if let caller = try? standing.caller() {
        try note(.loggedIn, by: caller, details: ["browser": .string(browser)], in: transaction)
      }
      return standing
    }
  }

  package func createCustomer(for user: UserID) throws -> CustomerID {
    try database.transaction { transaction in
      _ = try transaction.query("SELECT 1 FROM customer.users WHERE id = \(user.uuid) FOR UPDATE")
      let owned = try transaction.query(
        "SELECT 1 FROM customer.memberships WHERE user_id = \(user.uuid) AND role = 'owner'")
      guard owned.isEmpty else { throw Problem(.conflict) }
      return try openCustomer(for: standing(of: user, for: nil, transaction), transaction)
    }
  }

  package func endSessions(of user: UserID) throws {
    _ = try database.query("UPDATE customer.users SET epoch = epoch + 1 WHERE id = \(user.uuid)")
  }

  package func setLanguage(_ language: Language, of user: UserID) throws {
    try database.transaction { transaction in
      _ = try transaction.execute(
        "UPDATE customer.users SET language = \(language.rawValue) WHERE id = \(user.uuid)")
      let owned = try transaction.query(
        "SELECT customer_id FROM customer.memberships WHERE user_id = \(user.uuid) AND role = 'owner'")
      for row in owned { try tellContact(of: CustomerID(try row.uuid("customer_id")), transaction) }
    }
  }

  private func findOrCreateUser(
    _ email: EmailAddress, _ language: Language, _ transaction: Transaction
  ) throws -> UserID {
    let known: SQL = "SELECT id FROM customer.users WHERE email = \(email.text)"
    if let row = try transaction.query(known).first { return UserID(try row.uuid("id")) }
    let created = try transaction.query(
      """
      INSERT INTO customer.users (id, email, language)
      VALUES (\(UserID.new().uuid), \(email.text), \(language.rawValue))
      ON CONFLICT (email) DO NOTHING
      RETURNING id
      """)
    // None: somebody confirmed the same address at the same moment.
    guard let row = try created.first ?? transaction.query(known).first else {
      throw Problem(.overloaded, retryAfterSeconds: 1)
    }
    return UserID(try row.uuid("id"))
  }

  /// Whether an invitation waits for the address. Who comes to join another's customer gets none of their own: it would
  /// use up their trial, and lie around empty. They can still have one (``createCustomer(for:)``), so that nobody is
  /// kept out of a beginning of their own by being invited.
  private func isInvited(_ email: EmailAddress, _ transaction: Transaction) throws -> Bool {
    try !transaction.query(
      "SELECT 1 FROM customer.invitations WHERE email = \(email.text) AND expires_at > now() LIMIT 1"
    ).isEmpty
  }

  /// Customer, membership, trial and welcome mail commit together.
  @discardableResult
  private func openCustomer(for standing: Standing, _ transaction: Transaction) throws -> CustomerID {
    guard let email = EmailAddress(standing.email) else { throw Problem(.internalError) }
    let customer = CustomerID.new()
    let name = String(email.text.prefix { $0 != "@" })
    _ = try transaction.execute(
      """
      INSERT INTO customer.customers (id, name, language)
      VALUES (\(customer.uuid), \(name), \(standing.language.rawValue))
      """)
    _ = try transaction.execute(
      """
      INSERT INTO customer.memberships (customer_id, user_id, role, owner_since)
      VALUES (\(customer.uuid), \(standing.user.uuid), 'owner', now())
      """)
    try billing.openAccount(
      of: customer, contact: Contact(email: email, language: standing.language, name: name), in: transaction)
    try mailer.enqueue(
      .welcome(user: standing.user, dashboard: settings.dashboard, trialDays: settings.trialDays), to: email,
      language: standing.language, in: transaction)
    return customer
  }
}
