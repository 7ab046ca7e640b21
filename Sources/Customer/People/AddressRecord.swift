import Database
import FoundationEssentials
import HTTP
package import Services

extension CustomerModule {
  package func changeAddress(of user: UserID, to email: EmailAddress, endsSessions: Bool) throws {
    do {
      try database.transaction { transaction in
        let before = try transaction.query(
          "SELECT email, language FROM customer.users WHERE id = \(user.uuid) FOR UPDATE")
        guard let row = before.first else { throw Problem(.unauthenticated) }
        let old = try row.string("email")
        _ = try transaction.execute(
          """
          UPDATE customer.users SET email = \(email.text), epoch = epoch + \(endsSessions ? 1 : 0)
          WHERE id = \(user.uuid)
          """)
        if old == email.text { return }
        let language = Language(rawValue: try row.string("language")) ?? .english
        try tellAddresses(old, email, language, transaction)
        let customers = try transaction.query(
          "SELECT customer_id, role FROM customer.memberships WHERE user_id = \(user.uuid) ORDER BY customer_id")
        for row in customers {
          let customer = CustomerID(try row.uuid("customer_id"))
          if try row.string("role") == Role.owner.rawValue { try tellContact(of: customer, transaction) }
          try note(
            .addressChanged, of: customer, by: user, subject: email.text, details: ["from": .string(old)],
            in: transaction)
        }
      }
    } catch DatabaseError.uniqueViolation(constraint: "users_email_key") {
      throw Problem(.addressTaken)
    }
  }

  /// To both, so that whoever still reads the old address learns of it.
  private func tellAddresses(
    _ old: String, _ new: EmailAddress, _ language: Language, _ transaction: Transaction
  ) throws {
    let change = UUID().uuidString.lowercased()
    func mail(isToOld: Bool) -> Mail {
      .addressChanged(
        change: change, old: old, new: new.text, isToOld: isToOld, dashboard: settings.dashboard)
    }
    if let old = EmailAddress(old) {
      try mailer.enqueue(mail(isToOld: true), to: old, language: language, in: transaction)
    }
    try mailer.enqueue(mail(isToOld: false), to: new, language: language, in: transaction)
  }
}
