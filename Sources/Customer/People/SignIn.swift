import Database
package import HTTP
package import Services

extension CustomerModule {
  package func signIn(_ email: EmailAddress, language: Language) throws -> Standing {
    try database.transaction { transaction in
      if let standing = try standing(where: "u.email = \(email.text)", transaction) { return standing }
      try create(email, language, transaction)
      guard let standing = try standing(where: "u.email = \(email.text)", transaction) else {
        throw Problem(.overloaded, retryAfterSeconds: 1)
      }
      return standing
    }
  }

  package func standing(of user: UserID) throws -> Standing? {
    try Self.standing(in: database.query(Self.standingQuery(where: "u.id = \(user.uuid)")))
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

  /// The first confirmation: user, customer, membership, trial and welcome mail commit together.
  private func create(_ email: EmailAddress, _ language: Language, _ transaction: Transaction) throws {
    let user = UserID.new()
    let customer = CustomerID.new()
    let created = try transaction.query(
      """
      INSERT INTO customer.users (id, email, language)
      VALUES (\(user.uuid), \(email.text), \(language.rawValue))
      ON CONFLICT (email) DO NOTHING
      RETURNING id
      """)
    // Somebody confirmed the same address at the same moment: theirs is the customer.
    if created.isEmpty { return }
    let name = String(email.text.prefix { $0 != "@" })
    _ = try transaction.execute(
      """
      INSERT INTO customer.customers (id, name, language)
      VALUES (\(customer.uuid), \(name), \(language.rawValue))
      """)
    _ = try transaction.execute(
      """
      INSERT INTO customer.memberships (customer_id, user_id, role)
      VALUES (\(customer.uuid), \(user.uuid), 'owner')
      """)
    try billing.openAccount(
      of: customer, contact: Contact(email: email, language: language, name: name), in: transaction)
    try mailer.enqueue(
      .welcome(user: user, dashboard: settings.dashboard, trialDays: settings.trialDays), to: email,
      language: language, in: transaction)
  }

  private func standing(where condition: SQL, _ transaction: Transaction) throws -> Standing? {
    try Self.standing(in: transaction.query(Self.standingQuery(where: condition)))
  }

  private static func standingQuery(where condition: SQL) -> SQL {
    """
    SELECT u.id, u.email, u.language, u.epoch, m.customer_id, m.role, c.name
    FROM customer.users u
    JOIN customer.memberships m ON m.user_id = u.id
    JOIN customer.customers c ON c.id = m.customer_id
    WHERE \(condition)
    ORDER BY m.created_at
    LIMIT 1
    """
  }

  private static func standing(in rows: Rows) throws -> Standing? {
    guard let row = rows.first else { return nil }
    return Standing(
      user: UserID(try row.uuid("id")), email: try row.string("email"),
      language: Language(rawValue: try row.string("language")) ?? .english, epoch: try Int64(row.int("epoch")),
      customer: CustomerID(try row.uuid("customer_id")), customerName: try row.string("name"),
      role: Role(rawValue: try row.string("role")) ?? .viewer)
  }
}
