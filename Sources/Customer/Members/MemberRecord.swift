import Database
import HTTP
package import Services

extension CustomerModule {
  /// A member as the API shows it, from `customer.memberships m` and `customer.users u`.
  private static let memberJSON: SQL = """
    json_build_object('user', u.id, 'email', u.email, 'role', m.role, 'paused', m.paused,
      'created_at', customer.rfc3339(m.created_at))::text AS json
    """

  package func members(_ page: ListPage, _ caller: Caller) throws -> [UInt8] {
    try database.query(
      """
      SELECT \(Self.memberJSON), u.id AS cursor
      FROM customer.memberships m JOIN customer.users u ON u.id = m.user_id
      WHERE m.customer_id = \(caller.customer.uuid) AND u.id > \(page.identifier(UserID.self).uuid)
      ORDER BY u.id LIMIT \(page.limit + 1)
      """
    ).list(page) { try UserID($0.uuid("cursor")).text }
  }

  func member(_ user: UserID, of customer: CustomerID, _ transaction: Transaction) throws -> [UInt8] {
    let rows = try transaction.query(
      """
      SELECT \(Self.memberJSON)
      FROM customer.memberships m JOIN customer.users u ON u.id = m.user_id
      WHERE m.customer_id = \(customer.uuid) AND u.id = \(user.uuid)
      """)
    guard let row = rows.first else { throw Problem(.notFound) }
    return try row.bytes("json")
  }

  /// The lock on who belongs to a customer: the same that guards the number of sites, so never taken after a site's.
  func lockMembers(of customer: CustomerID, _ transaction: Transaction) throws {
    _ = try transaction.query("SELECT 1 FROM customer.customers WHERE id = \(customer.uuid) FOR NO KEY UPDATE")
  }

  /// A member's address and role, while the members are locked.
  func lockedMember(
    _ user: UserID, of customer: CustomerID, _ transaction: Transaction
  ) throws -> (email: String, role: Role) {
    let rows = try transaction.query(
      """
      SELECT u.email, m.role FROM customer.memberships m JOIN customer.users u ON u.id = m.user_id
      WHERE m.customer_id = \(customer.uuid) AND m.user_id = \(user.uuid)
      """)
    guard let row = rows.first, let role = Role(rawValue: try row.string("role")) else { throw Problem(.notFound) }
    return (try row.string("email"), role)
  }

  /// What the guard saw of the caller may be a moment old: two owners who lower each other at once must not both
  /// succeed. Asked again while the members are locked.
  func requireOwner(_ caller: Caller, _ transaction: Transaction) throws {
    let rows = try transaction.query(
      """
      SELECT 1 FROM customer.memberships m
      WHERE m.customer_id = \(caller.customer.uuid) AND m.user_id = \(caller.user.uuid)
        AND \(Self.effectiveRole) = 'owner'
      """)
    if rows.isEmpty { throw Problem(.forbidden) }
  }

  /// A customer always has an owner: somebody must be able to pay, to invite and to leave in order.
  ///
  /// - Throws: ``Problem`` of 409 when nobody but `user` owns the customer.
  func requireOtherOwner(than user: UserID, of customer: CustomerID, _ transaction: Transaction) throws {
    let others = try transaction.query(
      """
      SELECT 1 FROM customer.memberships
      WHERE customer_id = \(customer.uuid) AND role = 'owner' AND user_id <> \(user.uuid) LIMIT 1
      """)
    if others.isEmpty { throw Problem(.lastOwner) }
  }
}
