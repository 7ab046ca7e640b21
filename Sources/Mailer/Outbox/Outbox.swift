import Database
import FoundationEssentials
import HTTP
import Jobs
import Services

/// Where mails are accepted, and withdrawn, in the transaction of what causes it.
struct Outbox: Sendable {
  /// The kind of the jobs that have mails sent.
  static let jobKind = "mailer.send"

  let jobs: JobQueue
  /// The From of all mails.
  let sender: String

  /// Renders the mail and freezes it. Accepting a matter again does nothing, unless it was withdrawn unsent.
  func accept(
    _ mail: Mail, to recipient: EmailAddress, language: Language, in transaction: Transaction
  ) throws {
    let id = UUID()
    let accepted = try transaction.query(
      """
      INSERT INTO mailer.mails (id, dedupe_key, template, payload, recipient, lane)
      VALUES (
        \(id), \(mail.matter ?? id.uuidString), \(mail.template), \(body(mail, id, recipient, language)),
        \(recipient.text), \(mail.lane.rawValue)
      )
      ON CONFLICT (dedupe_key) DO UPDATE
      SET state = 'accepted', payload = excluded.payload, recipient = excluded.recipient, due_at = now()
      WHERE mails.state = 'cancelled' AND mails.maybe_sent_at IS NULL
      RETURNING id
      """)
    if accepted.isEmpty { return }
    // The job has the next mail of all sent, whichever that is, so it carries nothing.
    try jobs.enqueue(NewJob(kind: Self.jobKind, priority: mail.lane.rawValue, eraseWhenDone: true), in: transaction)
  }

  /// Withdraws a mail that has not been sent. One that a process is about to send may still go, once.
  func cancel(matter: String, in transaction: Transaction) throws -> Int {
    try transaction.execute(
      """
      UPDATE mailer.mails SET state = 'cancelled'
      WHERE dedupe_key = \(matter) AND state IN ('accepted', 'sending')
      """)
  }

  /// Erases what was or would have been sent to an address; which matters were written about stays.
  func forget(_ recipient: EmailAddress, in transaction: Transaction) throws {
    _ = try transaction.execute(
      """
      UPDATE mailer.mails
      SET state = CASE WHEN state IN ('accepted', 'sending') THEN 'cancelled' ELSE state END,
        payload = NULL, recipient = NULL, reason = NULL
      WHERE recipient = \(recipient.text)
      """)
  }

  /// The body of Resend's `POST /emails`. The tag `mail` comes back in each webhook, so that a mail is found even when
  /// the answer with its id was lost.
  private func body(_ mail: Mail, _ id: UUID, _ recipient: EmailAddress, _ language: Language) -> String {
    let message = mail.message(language)
    let text = id.uuidString.lowercased()
    var payload: JSON = [
      "from": .string(sender), "to": [.string(recipient.text)], "subject": .string(message.subject),
      "html": .string(message.html), "text": .string(message.text), "headers": ["X-Entity-Ref-ID": .string(text)],
      "tags": [["name": "template", "value": .string(mail.template)], ["name": "mail", "value": .string(text)]],
    ]
    // The one thing of a visitor's that comes near a header: an address that was checked letter by letter.
    if let replyTo = mail.replyTo, case .object(let members) = payload {
      payload = .object(members + [.init("reply_to", [.string(replyTo.text)])])
    }
    return String(decoding: payload.bytes, as: UTF8.self)
  }
}
