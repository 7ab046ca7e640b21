package import Database
package import HTTP

/// The binding to Mailer: mails are rendered when they are accepted, stored with the change that causes them, and
/// sent by a job.
package protocol MailerService: Sendable {
  /// Accepts a mail in the caller's transaction; it goes out exactly when that commits.
  func enqueue(_ mail: Mail, to recipient: EmailAddress, language: Language, in transaction: Transaction) throws
  /// Accepts a mail that stands for itself, in a transaction of its own.
  func enqueue(_ mail: Mail, to recipient: EmailAddress, language: Language) throws
}

/// A matter to write about.
package enum Mail: Sendable {
  /// The link and the code to log in with; erased once sent.
  case login(link: String, code: String, minutes: Int)
  /// The first login of a new customer; sent once for each user.
  case welcome(user: UserID, dashboard: String, trialDays: Int)
}
