package import Database
package import HTTP

/// The binding to Mailer: mails are rendered when they are accepted, stored with the change that causes them, and
/// sent by a job.
package protocol MailerService: Sendable {
  /// Accepts a mail in the caller's transaction; it goes out exactly when that commits, and once for each matter.
  func enqueue(_ mail: Mail, to recipient: EmailAddress, language: Language, in transaction: Transaction) throws
  /// Accepts a mail that stands for itself, in a transaction of its own.
  func enqueue(_ mail: Mail, to recipient: EmailAddress, language: Language) throws
  /// Cancels the mails of a matter that no longer holds (``Mail/matter``), unless they have been sent.
  func cancel(matter: String, in transaction: Transaction) throws

  /// Forgets the mails to an address: what they said, and to whom they went. What waits does not go out any more. That an
  /// address takes no mail (it bounced, or complained) stays, so that it gets none later either.
  func forget(_ recipient: EmailAddress, in transaction: Transaction) throws

  /// Takes a webhook of the mail provider: verified and stored when this returns.
  ///
  /// - Throws: ``Problem`` of 400 when the signature does not hold.
  func receive(_ body: [UInt8], signature: MailWebhookSignature) throws
}

/// The header fields by which a mail provider's webhook proves itself (Svix).
package struct MailWebhookSignature: Sendable {
  /// `svix-id`
  package let id: String?
  /// `svix-timestamp`
  package let timestamp: String?
  /// `svix-signature`
  package let signatures: String?

  package init(id: String?, timestamp: String?, signatures: String?) {
    self.id = id
    self.timestamp = timestamp
    self.signatures = signatures
  }
}
