import Database
import HTTP
package import Services

extension CustomerModule {
  /// Consumes an invitation and makes its person a member. Of many at once one wins: the row is deleted by one
  /// statement, while the members are locked.
  package func acceptInvitation(digest: String, by user: UserID) throws -> MembersChange<CustomerID> {
    let found = try database.query(
      """
      SELECT i.customer_id, i.email = u.email AS is_theirs FROM customer.invitations i, customer.users u
      WHERE i.digest = \(digest) AND i.expires_at > now() AND u.id = \(user.uuid)
      """)
    guard let row = found.first else { throw Problem(.invitationInvalid) }
    guard try row.bool("is_theirs") else { throw Problem(.invitationForOther) }
    let customer = CustomerID(try row.uuid("customer_id"))
    return try changeMembers(of: customer) { transaction in
      let consumed = try transaction.query(
        """
        DELETE FROM customer.invitations i USING customer.users u
        WHERE i.digest = \(digest) AND i.expires_at > now() AND u.id = \(user.uuid) AND i.email = u.email
        RETURNING i.role
        """)
      guard let row = consumed.first else { throw Problem(.invitationInvalid) }
      let role = try row.string("role")
      let joined = try transaction.execute(
        """
        INSERT INTO customer.memberships (customer_id, user_id, role, owner_since)
        VALUES (\(customer.uuid), \(user.uuid), \(role), CASE WHEN \(role) = 'owner' THEN now() END)
        ON CONFLICT DO NOTHING
        """)
      guard joined == 1 else { throw Problem(.alreadyMember) }
      try note(.memberJoined, of: customer, by: user, details: ["role": .string(role)], in: transaction)
      return { customer }
    }
  }
}
