import Database
import HTTP
package import Services

extension CustomerModule {
  /// How long an invitation can be accepted, in days.
  private static let invitationDays = 7

  /// An invitation as the API shows it, from `customer.invitations i`.
  private static let invitationJSON: SQL = """
    json_build_object('id', i.id, 'email', i.email, 'role', i.role, 'created_at', customer.rfc3339(i.created_at),
      'expires_at', customer.rfc3339(i.expires_at))::text AS json
    """

  package func invitations(_ page: ListPage, _ caller: Caller) throws -> [UInt8] {
    try database.query(
      """
      SELECT \(Self.invitationJSON), i.id AS cursor FROM customer.invitations i
      WHERE i.customer_id = \(caller.customer.uuid) AND i.expires_at > now()
        AND i.id > \(page.identifier(InvitationID.self).uuid)
      ORDER BY i.id LIMIT \(page.limit + 1)
      """
    ).list(page) { try InvitationID($0.uuid("cursor")).text }
  }

  package func invite(_ change: Change, _ secret: InvitationSecret) throws -> Resource {
    var reader = try ObjectReader(change.body)
    let typed = reader.string("email", minimum: 1, maximum: 254)
    let email = EmailAddress(typed)
    if email == nil, reader.errors.isEmpty { reader.refuse("email", .invalidEmail) }
    if !reader.has("role") { reader.refuse("role", .required) }
    let role = reader.optionalCase("role", Role.self)
    try reader.finish()
    guard let email, let role else { throw Problem(.internalError) }
    return try write(change) { transaction in
      try lockMembers(of: change.caller.customer, transaction)
      try requireOwner(change.caller, transaction)
      try admit(email, change.caller, transaction)
      let id = InvitationID.new()
      let rows = try transaction.query(
        """
        INSERT INTO customer.invitations AS i (id, customer_id, email, role, digest, invited_by, expires_at)
        VALUES (
          \(id.uuid), \(change.caller.customer.uuid), \(email.text), \(role.rawValue), \(secret.digest),
          \(change.caller.user.uuid), now() + make_interval(days => \(Self.invitationDays)::int)
        )
        RETURNING \(Self.invitationJSON), 1::bigint AS version
        """)
      try sendInvitation(id, email, role, change.caller, secret, transaction)
      try note(
        .memberInvited, by: change.caller, subject: email.text, details: ["role": .string(role.rawValue)],
        in: transaction)
      return try rows.resource(location: "/api/invitations/\(id.text)")
    }
  }

  package func withdrawInvitation(_ invitation: InvitationID, _ change: Change) throws {
    var reader = try ObjectReader(change.body)
    try reader.finish()
    try database.transaction { transaction in
      let rows = try transaction.query(
        """
        DELETE FROM customer.invitations
        WHERE id = \(invitation.uuid) AND customer_id = \(change.caller.customer.uuid)
        RETURNING email
        """)
      guard let row = rows.first else { throw Problem(.notFound) }
      try mailer.cancel(matter: Mail.invitationMatter(invitation.text), in: transaction)
      try note(.invitationWithdrawn, by: change.caller, subject: row.string("email"), in: transaction)
    }
  }

  /// Members and open invitations together stay within the plan; counted while the members are locked. An address that
  /// was invited before gets a new invitation in place of the old one.
  private func admit(_ email: EmailAddress, _ caller: Caller, _ transaction: Transaction) throws {
    let customer = caller.customer.uuid
    let present = try transaction.query(
      """
      SELECT 1 FROM customer.memberships m JOIN customer.users u ON u.id = m.user_id
      WHERE m.customer_id = \(customer) AND u.email = \(email.text)
      """)
    guard present.isEmpty else { throw Problem(.alreadyMember) }
    let replaced = try transaction.query(
      "DELETE FROM customer.invitations WHERE customer_id = \(customer) AND email = \(email.text) RETURNING id")
    for row in replaced {
      try mailer.cancel(matter: Mail.invitationMatter(InvitationID(row.uuid("id")).text), in: transaction)
    }
    try admit(
      """
      SELECT (SELECT count(*) FROM customer.memberships WHERE customer_id = \(customer))
        + (SELECT count(*) FROM customer.invitations WHERE customer_id = \(customer) AND expires_at > now())
      """, below: \.members, "members", caller, transaction)
  }

  /// In the language of the person if we know it, else in that of who invites.
  private func sendInvitation(
    _ id: InvitationID, _ email: EmailAddress, _ role: Role, _ caller: Caller, _ secret: InvitationSecret,
    _ transaction: Transaction
  ) throws {
    let rows = try transaction.query(
      """
      SELECT c.name, u.email, (SELECT language FROM customer.users WHERE email = \(email.text)) AS language
      FROM customer.customers c, customer.users u
      WHERE c.id = \(caller.customer.uuid) AND u.id = \(caller.user.uuid)
      """)
    guard let row = rows.first else { throw Problem(.notFound) }
    let language = try row.optionalString("language").flatMap { Language(rawValue: $0) } ?? caller.language
    try mailer.enqueue(
      .invitation(
        invitation: id.text, customer: try row.string("name"), inviter: try row.string("email"), role: role,
        // The token stands in the fragment: no server and no log ever sees it.
        link: "\(settings.dashboard)/invitation#token=\(secret.token)", days: Self.invitationDays),
      to: email, language: language, in: transaction)
  }
}
