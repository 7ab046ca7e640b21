import Database
import HTTP
package import Services

extension CustomerModule {
  package func standing(of user: UserID, for customer: CustomerID?) throws -> Standing? {
    try Self.standing(in: database.query(Self.standingQuery(user, customer)))
  }

  func standing(of user: UserID, for customer: CustomerID?, _ transaction: Transaction) throws -> Standing {
    guard let standing = try Self.standing(in: transaction.query(Self.standingQuery(user, customer))) else {
      throw Problem(.overloaded, retryAfterSeconds: 1)
    }
    return standing
  }

  package func enter(_ customer: CustomerID, as user: UserID, browser: String) throws -> Standing {
    try database.transaction { transaction in
      let standing = try standing(of: user, for: customer, transaction)
      let caller = try standing.caller()
      guard caller.customer == customer else { throw Problem(.notFound) }
      try note(.loggedIn, by: caller, details: ["browser": .string(browser)], in: transaction)
      return standing
    }
  }

  package func customers(of user: UserID, _ page: ListPage) throws -> [UInt8] {
    try database.query(
      """
      SELECT json_build_object('id', c.id, 'name', c.name, 'role', \(Self.effectiveRole))::text AS json,
        c.id AS cursor
      FROM customer.memberships m JOIN customer.customers c ON c.id = m.customer_id
      WHERE m.user_id = \(user.uuid) AND c.id > \(page.identifier(CustomerID.self).uuid)
      ORDER BY c.id LIMIT \(page.limit + 1)
      """
    ).list(page) { try CustomerID($0.uuid("cursor")).text }
  }

  /// What a member may do: who is beyond the plan's number may read. From `customer.memberships m`.
  static let effectiveRole: SQL = "CASE WHEN m.paused THEN 'viewer' ELSE m.role END"

  private static func standingQuery(_ user: UserID, _ customer: CustomerID?) -> SQL {
    """
    SELECT u.id, u.email, u.language, u.epoch, m.customer_id, \(effectiveRole) AS role, c.name
    FROM customer.users u
    LEFT JOIN (customer.memberships m JOIN customer.customers c ON c.id = m.customer_id) ON m.user_id = u.id
    WHERE u.id = \(user.uuid)
    ORDER BY m.customer_id IS NOT DISTINCT FROM \(customer?.uuid) DESC, m.created_at, m.customer_id
    LIMIT 1
    """
  }

  private static func standing(in rows: Rows) throws -> Standing? {
    guard let row = rows.first else { return nil }
    let membership = try row.optionalUUID("customer_id").map { customer in
      Membership(
        customer: CustomerID(customer), customerName: try row.string("name"),
        role: Role(rawValue: try row.string("role")) ?? .viewer)
    }
    return Standing(
      user: UserID(try row.uuid("id")), email: try row.string("email"),
      language: Language(rawValue: try row.string("language")) ?? .english, epoch: try Int64(row.int("epoch")),
      membership: membership)
  }
}
