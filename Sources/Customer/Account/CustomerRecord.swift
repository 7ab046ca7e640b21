import Database
import HTTP
package import Services

extension CustomerModule {
  /// A customer as the API shows it, from `customer.customers c`.
  static let customerJSON: SQL = """
    json_build_object('id', c.id, 'name', c.name, 'company', c.company, 'kind', c.kind, 'locale', c.language,
      'deletion_at', customer.rfc3339(c.deletion_at), 'version', c.version, 'created_at', customer.rfc3339(c.created_at),
      'updated_at', customer.rfc3339(c.updated_at))::text AS json, c.version
    """

  package func customer(_ caller: Caller) throws -> Resource {
    try database.query(
      "SELECT \(Self.customerJSON) FROM customer.customers c WHERE c.id = \(caller.customer.uuid)"
    ).resource()
  }

  package func updateCustomer(_ change: Change) throws -> Resource {
    var reader = try ObjectReader(change.body)
    let name = reader.optionalString("name", minimum: 1, maximum: 100)
    let company = reader.nullableString("company", maximum: 200)
    let kind = reader.optionalCase("kind", CustomerNature.self)
    let language = reader.optionalCase("locale", Language.self)
    try reader.finish()
    let id = change.caller.customer.uuid
    return try write(change) { transaction in
      let rows = try transaction.query(
        """
        UPDATE customer.customers c SET
          name = coalesce(\(name), name),
          company = CASE WHEN \(company != nil) THEN \(company ?? nil) ELSE company END,
          kind = coalesce(\(kind?.rawValue), kind),
          language = coalesce(\(language?.rawValue), language),
          version = version + 1, updated_at = clock_timestamp()
        WHERE id = \(id)
          AND (\(change.condition.versions)::bigint[] IS NULL OR version = ANY(\(change.condition.versions)))
        RETURNING \(Self.customerJSON)
        """)
      guard !rows.isEmpty else { throw missed(exists: true) }
      if name != nil { try tellContact(of: change.caller.customer, transaction) }
      return try rows.resource()
    }
  }
}

extension CustomerModule {
  /// Tells Billing whom to write to about payment: the first owner, in the owner's language, under the customer's name.
  func tellContact(of customer: CustomerID, _ transaction: Transaction) throws {
    let rows = try transaction.query(
      """
      SELECT u.email, u.language, c.name
      FROM customer.memberships m
      JOIN customer.users u ON u.id = m.user_id
      JOIN customer.customers c ON c.id = m.customer_id
      WHERE m.customer_id = \(customer.uuid) AND m.role = 'owner'
      ORDER BY coalesce(m.owner_since, m.created_at), m.user_id
      LIMIT 1
      """)
    guard let row = rows.first, let email = EmailAddress(try row.string("email")) else { return }
    let language = Language(rawValue: try row.string("language")) ?? .english
    try billing.updateContact(
      of: customer, Contact(email: email, language: language, name: try row.string("name")), in: transaction)
  }
}

/// Whether a customer acts privately or in business, which decides if an imprint is due (§ 5 DDG).
package enum CustomerNature: String, Sendable {
  case personal = "private"
  case business
}
