import Database
import HTTP
package import Services

extension CustomerModule {
  package func changeMember(_ user: UserID, _ change: Change) throws -> MembersChange<[UInt8]> {
    var reader = try ObjectReader(change.body)
    if !reader.has("role") { reader.refuse("role", .required) }
    let role = reader.optionalCase("role", Role.self)
    try reader.finish()
    guard let role else { throw Problem(.internalError) }
    let customer = change.caller.customer
    return try changeMembers(of: customer) { transaction in
      try requireOwner(change.caller, transaction)
      let member = try lockedMember(user, of: customer, transaction)
      if member.role != role {
        if member.role == .owner { try requireOtherOwner(than: user, of: customer, transaction) }
        try setRole(role, of: user, in: customer, transaction)
        try note(
          .roleChanged, by: change.caller, subject: member.email,
          details: ["from": .string(member.role.rawValue), "to": .string(role.rawValue)], in: transaction)
      }
      return { try self.member(user, of: customer, transaction) }
    }
  }

  package func removeMember(_ user: UserID, _ change: Change) throws -> MembersChange<Void> {
    var reader = try ObjectReader(change.body)
    try reader.finish()
    let (caller, customer) = (change.caller, change.caller.customer)
    let isLeaving = user == caller.user
    return try changeMembers(of: customer) { transaction in
      if !isLeaving { try requireOwner(caller, transaction) }
      let member = try lockedMember(user, of: customer, transaction)
      if member.role == .owner { try requireOtherOwner(than: user, of: customer, transaction) }
      _ = try transaction.execute(
        "DELETE FROM customer.memberships WHERE customer_id = \(customer.uuid) AND user_id = \(user.uuid)")
      try note(isLeaving ? .memberLeft : .memberRemoved, by: caller, subject: member.email, in: transaction)
      return {}
    }
  }

  package func transferOwnership(_ change: Change) throws -> MembersChange<[UInt8]> {
    var reader = try ObjectReader(change.body)
    let text = reader.string("user", minimum: 1, maximum: 36)
    let user = UserID(text)
    if user == nil, reader.errors.isEmpty { reader.refuse("user", .invalid) }
    try reader.finish()
    let (caller, customer) = (change.caller, change.caller.customer)
    guard let user else { throw Problem(.internalError) }
    return try changeMembers(of: customer) { transaction in
      try requireOwner(caller, transaction)
      // Another's member is as unknown here as nobody's.
      guard user != caller.user, let member = try? lockedMember(user, of: customer, transaction) else {
        throw Problem(invalid: [FieldError("/user", .invalid)])
      }
      // The place among the owners goes with it, so that Billing writes to the new one if it wrote to the old.
      _ = try transaction.execute(
        """
        UPDATE customer.memberships m SET role = 'owner', owner_since = coalesce(old.owner_since, old.created_at)
        FROM customer.memberships old
        WHERE m.customer_id = \(customer.uuid) AND m.user_id = \(user.uuid)
          AND old.customer_id = m.customer_id AND old.user_id = \(caller.user.uuid)
        """)
      try setRole(.editor, of: caller.user, in: customer, transaction)
      try note(.ownershipTransferred, by: caller, subject: member.email, in: transaction)
      return { try self.member(user, of: customer, transaction) }
    }
  }

  private func setRole(
    _ role: Role, of user: UserID, in customer: CustomerID, _ transaction: Transaction
  ) throws {
    _ = try transaction.execute(
      """
      UPDATE customer.memberships
      SET role = \(role.rawValue), owner_since = CASE WHEN \(role == .owner) THEN now() END
      WHERE customer_id = \(customer.uuid) AND user_id = \(user.uuid)
      """)
  }

  /// Runs a change of the members while nobody else changes them, then has everything follow that depends on who they
  /// are: who is within the plan, and whom Billing writes to.
  ///
  /// - Parameter body: makes the change and answers what reads its result when all has followed.
  func changeMembers<Answer>(
    of customer: CustomerID, _ body: (Transaction) throws -> () throws -> Answer
  ) throws -> MembersChange<Answer> {
    try database.transaction { transaction in
      try lockMembers(of: customer, transaction)
      let before = try users(of: customer, transaction)
      let answer = try body(transaction)
      try fitMembers(of: customer, billing.entitlements(of: customer, in: transaction).limits, transaction)
      try tellContact(of: customer, transaction)
      let after = try users(of: customer, transaction)
      return MembersChange(answer: try answer(), users: Array(Set(before + after)))
    }
  }

  func users(of customer: CustomerID, _ transaction: Transaction) throws -> [UserID] {
    try transaction.query("SELECT user_id FROM customer.memberships WHERE customer_id = \(customer.uuid)")
      .map { UserID(try $0.uuid("user_id")) }
  }
}
