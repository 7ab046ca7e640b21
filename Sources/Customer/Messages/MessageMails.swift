import Database
import HTTP
import Jobs
import Services

/// How the owners hear of a message; as stored.
enum MessageWay: String {
  /// Not at all.
  case none
  /// With others, in one mail.
  case waiting
  /// By a mail of its own, or by that one.
  case sent
}

extension CustomerModule {
  /// The kind of the jobs that tell of many messages in one mail.
  static let messagesJob = "customer.messages"

  /// Mails for the messages of one form within an hour; those beyond it are told of together.
  private static let mailsPerHour = 10

  /// Decided while the form's row is locked.
  func mailWay(of form: PublishedForm, _ transaction: Transaction) throws -> MessageWay {
    let rows = try transaction.query(
      """
      SELECT count(*) FROM customer.messages
      WHERE form_id = \(form.id.uuid) AND mail = 'sent' AND created_at > now() - interval '1 hour'
      """)
    return try rows[0].int(0) < Self.mailsPerHour ? .sent : .waiting
  }

  /// Writes to each owner, with the visitor's address to reply to.
  func mail(
    _ message: VisitorMessage, _ id: MessageID, by form: PublishedForm, _ transaction: Transaction
  ) throws {
    guard let sender = EmailAddress(message.email) else { return }
    for owner in try owners(of: form.customer, transaction) {
      try mailer.enqueue(
        .message(
          message: id.text, owner: owner.user, site: form.siteTitle, name: message.name, sender: sender,
          text: message.text, dashboard: "\(settings.dashboard)/sites/\(form.site.text)/messages/\(id.text)"),
        to: owner.email, language: owner.language, in: transaction)
    }
  }

  /// Has the owners told within the hour of what waits; one job a form at a time.
  func announceDigest(of form: FormID, _ transaction: Transaction) throws {
    try jobs.enqueue(
      NewJob(
        kind: Self.messagesJob, key: "\(Self.messagesJob):\(form.text)", keyUntilTaken: true,
        payload: JSON.object([.init("form", .string(form.text))]).bytes,
        runAt: Timestamp.now.adding(seconds: 3600)),
      in: transaction)
  }

  /// Runs such a job: one mail for all that waits, in the transaction that completes it.
  func mailDigest(_ payload: [UInt8], _ context: JobContext) throws {
    guard let form = try JSONParser.parse(payload)["form"]?.stringValue.flatMap({ FormID($0) }) else {
      throw Problem(.internalError)
    }
    try database.transaction { transaction in
      let rows = try transaction.query(
        """
        WITH told AS (
          UPDATE customer.messages SET mail = 'sent' WHERE form_id = \(form.uuid) AND mail = 'waiting'
          RETURNING id, site_id, customer_id
        )
        SELECT count(*) AS count, max(told.id::text)::uuid AS last, s.id AS site, s.title, s.customer_id
        FROM told JOIN customer.sites s ON s.id = told.site_id GROUP BY s.id
        """)
      for row in rows {
        let site = SiteID(try row.uuid("site"))
        for owner in try owners(of: CustomerID(row.uuid("customer_id")), transaction) {
          try mailer.enqueue(
            .messages(
              last: MessageID(try row.uuid("last")).text, owner: owner.user, site: try row.string("title"),
              count: try row.int("count"), dashboard: "\(settings.dashboard)/sites/\(site.text)/messages"),
            to: owner.email, language: owner.language, in: transaction)
        }
      }
      try context.complete(in: transaction)
    }
  }

  private struct Owner {
    let user: UserID
    let email: EmailAddress
    let language: Language
  }

  private func owners(of customer: CustomerID, _ transaction: Transaction) throws -> [Owner] {
    let rows = try transaction.query(
      """
      SELECT u.id, u.email, u.language FROM customer.memberships m JOIN customer.users u ON u.id = m.user_id
      WHERE m.customer_id = \(customer.uuid) AND m.role = 'owner' AND NOT m.paused
      """)
    return try rows.compactMap { row in
      guard let email = EmailAddress(try row.string("email")) else { return nil }
      return Owner(
        user: UserID(try row.uuid("id")), email: email,
        language: Language(rawValue: try row.string("language")) ?? .english)
    }
  }
}
