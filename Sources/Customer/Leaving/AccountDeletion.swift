import Database
import HTTP
import Jobs
package import Services

extension CustomerModule {
  /// How long one can change one's mind, in days.
  private static let deletionDays = 14

  package func scheduleDeletion(_ change: Change) throws -> Resource {
    var reader = try ObjectReader(change.body)
    let typed = reader.string("confirm", minimum: 1, maximum: 200)
    try reader.finish()
    let (caller, customer) = (change.caller, change.caller.customer)
    return try write(change) { transaction in
      let name = try lockForLeaving(change, transaction).name
      guard Self.trimmed(typed) == Self.trimmed(name) else {
        throw Problem(invalid: [FieldError("/confirm", .invalid)])
      }
      let rows = try transaction.query(
        """
        UPDATE customer.customers
        SET deletion_at = date_trunc('milliseconds', clock_timestamp()) + \(Self.deletionDays) * interval '1 day',
          version = version + 1, updated_at = clock_timestamp()
        WHERE id = \(customer.uuid) AND deletion_at IS NULL
        RETURNING deletion_at
        """)
      // Planned already: the day stays.
      if let moment = try rows.first?.timestamp("deletion_at") {
        try enqueueRemoval(of: customer, at: moment, transaction)
        try billing.setLeaving(true, of: customer, in: transaction)
        try tellOfDeletion(Instant(moment), name, caller, transaction)
        try note(.deletionScheduled, by: caller, details: ["at": .string(Instant(moment).rfc3339)], in: transaction)
      }
      return try self.customer(customer, transaction)
    }
  }

  package func callOffDeletion(_ change: Change) throws -> Resource {
    var reader = try ObjectReader(change.body)
    try reader.finish()
    let (caller, customer) = (change.caller, change.caller.customer)
    return try write(change) { transaction in
      guard let moment = try lockForLeaving(change, transaction).deletionAt else {
        return try self.customer(customer, transaction)
      }
      let called = try transaction.execute(
        """
        UPDATE customer.customers SET deletion_at = NULL, version = version + 1, updated_at = clock_timestamp()
        WHERE id = \(customer.uuid) AND deletion_at > clock_timestamp()
        """)
      guard called == 1 else { throw Problem(.conflict) }
      _ = try jobs.withdraw(key: Self.removalKey(customer), in: transaction)
      try billing.setLeaving(false, of: customer, in: transaction)
      try mailer.cancel(matter: Mail.deletionMatter(customer, moment), in: transaction)
      for user in try users(of: customer, transaction) {
        try mailer.cancel(matter: Mail.announcementMatter(customer, moment, user), in: transaction)
      }
      try note(.deletionCalledOff, by: caller, in: transaction)
      return try self.customer(customer, transaction)
    }
  }

  /// The customer as it stands while nobody changes its members or its end.
  ///
  /// - Throws: ``Problem`` of 403 for who owns it no more, 412 when it is another version.
  private func lockForLeaving(
    _ change: Change, _ transaction: Transaction
  ) throws -> (name: String, deletionAt: Instant?) {
    let customer = change.caller.customer
    try lockMembers(of: customer, transaction)
    try requireOwner(change.caller, transaction)
    let rows = try transaction.query(
      "SELECT name, version, deletion_at FROM customer.customers WHERE id = \(customer.uuid)")
    guard let row = rows.first else { throw Problem(.notFound) }
    if let wanted = change.condition.versions, !wanted.contains(Int64(try row.int("version"))) {
      throw Problem(.stale)
    }
    return (try row.string("name"), try row.optionalTimestamp("deletion_at").map { Instant($0) })
  }

  private func customer(_ customer: CustomerID, _ transaction: Transaction) throws -> Resource {
    try transaction.query(
      "SELECT \(Self.customerJSON) FROM customer.customers c WHERE c.id = \(customer.uuid)"
    ).resource()
  }

  /// To who asked for it, how to call it off; to the others, what is going to happen and by whom.
  private func tellOfDeletion(
    _ moment: Instant, _ name: String, _ caller: Caller, _ transaction: Transaction
  ) throws {
    let rows = try transaction.query(
      """
      SELECT u.id, u.email, u.language FROM customer.memberships m JOIN customer.users u ON u.id = m.user_id
      WHERE m.customer_id = \(caller.customer.uuid) ORDER BY u.id
      """)
    let members = try rows.map { (UserID(try $0.uuid("id")), try $0.string("email"), try $0.string("language")) }
    let by = members.first { $0.0 == caller.user }?.1 ?? name
    for (user, address, language) in members {
      guard let email = EmailAddress(address) else { continue }
      let mail: Mail =
        user == caller.user
        ? .deletionScheduled(customer: caller.customer, at: moment, dashboard: "\(settings.dashboard)/account")
        : .deletionAnnounced(customer: caller.customer, at: moment, recipient: user, name: name, by: by)
      try mailer.enqueue(mail, to: email, language: Language(rawValue: language) ?? .english, in: transaction)
    }
  }

  private static func trimmed(_ text: String) -> String {
    var rest = Substring(text)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
