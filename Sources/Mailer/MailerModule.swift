package import Database
import FoundationEssentials
package import HTTP
package import Jobs
package import Services

/// The outbox: the module behind ``MailerService``.
///
/// A mail is rendered and frozen when it is accepted, in the transaction of what causes it, and sent by a job. Its id
/// is the key by which the transport knows a repeat.
package final class MailerModule: MailerService {
  /// The kind of the jobs that send.
  package static let jobKind = "mailer.send"

  private let jobs: JobQueue
  private let sender: String
  private let transport: MailTransport
  private let webhookSecrets: [String]

  /// - Parameters:
  ///   - sender: the From of all mails: `SmartPages <hello@smartpages.example>`.
  ///   - webhookSecrets: the secrets that webhooks may be signed with; several while one is being replaced.
  package init(jobs: JobQueue, sender: String, transport: MailTransport, webhookSecrets: [String]) {
    self.jobs = jobs
    self.sender = sender
    self.transport = transport
    self.webhookSecrets = webhookSecrets
  }

  /// The jobs of this module, by kind.
  package var handlers: [String: JobHandler] {
    [Self.jobKind: { [self] job, _ in try send(job.payload) }]
  }

  /// What this module does by itself.
  package var periodic: [PeriodicJob] {
    [PeriodicJob(name: "mailer.sweep", everySeconds: 3600) { [self] _, _ in try sweep() }]
  }

  package func cancel(matter: String, in transaction: Transaction) throws {}

  package func receive(_ body: [UInt8], signature: MailWebhookSignature) throws { throw Problem(.signatureInvalid) }

  package func enqueue(_ mail: Mail, to recipient: EmailAddress, language: Language) throws {
    try jobs.database.transaction { try enqueue(mail, to: recipient, language: language, in: $0) }
  }

  package func enqueue(
    _ mail: Mail, to recipient: EmailAddress, language: Language, in transaction: Transaction
  ) throws {
    let id = UUID()
    let message = mail.message(language)
    let payload: JSON = [
      "from": .string(sender), "to": [.string(recipient.text)], "subject": .string(message.subject),
      "html": .string(message.html), "text": .string(message.text),
      "headers": ["X-Entity-Ref-ID": .string(id.uuidString.lowercased())],
      "tags": [["name": "template", "value": .string(mail.template)]],
    ]
    let accepted = try transaction.query(
      """
      INSERT INTO mailer.mails (id, dedupe_key, template, payload)
      VALUES (\(id), \(mail.matter ?? id.uuidString), \(mail.template), \(.json(payload.bytes)))
      ON CONFLICT (dedupe_key) DO NOTHING
      RETURNING id
      """)
    // Accepted before: one mail for each matter.
    if accepted.isEmpty { return }
    try jobs.enqueue(
      NewJob(
        kind: Self.jobKind, payload: JSON.object([.init("mail", .string(id.uuidString))]).bytes,
        priority: mail.priority, eraseWhenDone: mail.isErasedWhenSent),
      in: transaction)
  }

  /// Sends one mail; called by the job runner, again after each failure.
  package func send(_ payload: [UInt8]) throws {
    guard let id = try JSONParser.parse(payload)["mail"]?.stringValue.flatMap({ UUID(uuidString: $0) }) else {
      throw Problem(.internalError)
    }
    let rows = try jobs.database.query(
      """
      SELECT payload::text AS payload, template, (extract(epoch FROM created_at) * 1000000)::bigint AS created_at
      FROM mailer.mails WHERE id = \(id) AND state = 'accepted'
      """)
    // Sent and erased by an earlier attempt whose end was not recorded.
    guard let row = rows.first else { return }
    let acceptedAt = Instant(microseconds: Int64(try row.int("created_at")))
    let isLogin = try row.string("template") == Mail.loginTemplate
    // A code that has expired helps nobody.
    if !isLogin || Instant.now < acceptedAt.adding(seconds: Self.loginLifetimeSeconds) {
      guard case .folder(let folder) = transport else { throw Problem(.unavailable) }
      try folder.send(row.bytes("payload"), id: id.uuidString.lowercased(), acceptedAt: acceptedAt)
    }
    if isLogin {
      _ = try jobs.database.execute("DELETE FROM mailer.mails WHERE id = \(id)")
    } else {
      _ = try jobs.database.execute("UPDATE mailer.mails SET state = 'sent', sent_at = now() WHERE id = \(id)")
    }
  }

  /// Forgets what nobody needs any more: login mails that could not be sent, which name a person and hold a secret, and
  /// all others after a month. Run each hour.
  package func sweep() throws {
    _ = try jobs.database.execute(
      """
      DELETE FROM mailer.mails
      WHERE (template = \(Mail.loginTemplate) AND created_at < now() - interval '1 hour')
        OR created_at < now() - interval '30 days'
      """)
  }

  private static let loginLifetimeSeconds: Int64 = 600
}
