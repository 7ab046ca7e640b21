import Database
import Jobs
import Services

/// What is forgotten, and when.
extension Outbox {
  /// Mails with a code that could not be sent name a person and hold a secret: gone within the hour, those of
  /// invitations once the invitation has ended. What others said is
  /// erased after a month; their matters are known for a year longer, so that none is written about twice.
  func sweep() throws {
    let database = jobs.database
    try database.execute(
      """
      DELETE FROM mailer.mails
      WHERE template = ANY(\(Mail.codeTemplates)) AND created_at < now() - interval '1 hour'
        OR template = \(Mail.invitationTemplate) AND created_at < now() - interval '7 days'
      """)
    try database.execute(
      """
      UPDATE mailer.mails
      SET payload = NULL, recipient = NULL, reason = NULL, provider_id = NULL,
        delivery = NULL, delivery_rank = 0, delivery_at = NULL
      WHERE created_at < now() - interval '30 days' AND payload IS NOT NULL AND state NOT IN ('accepted', 'sending')
      """)
    try database.execute(
      """
      DELETE FROM mailer.mails
      WHERE created_at < now() - interval '400 days' AND state NOT IN ('accepted', 'sending')
      """)
    try database.execute("DELETE FROM mailer.events WHERE received_at < now() - interval '30 days'")
  }
}
