import Database
import FoundationEssentials
import Services

/// Stores webhooks and their effect, in one transaction: what was answered 2xx has happened, once.
struct WebhookInbox {
  let database: Database

  /// - Returns: how many addresses are newly suppressed.
  func take(_ webhook: MailWebhook, id: String) throws -> Int {
    try database.transaction { transaction in
      let stored = try transaction.execute(
        """
        INSERT INTO mailer.events (id, type, occurred_at, provider_id, detail)
        VALUES (\(id), \(webhook.type), \(webhook.occurredAt), \(webhook.providerID), \(webhook.detail))
        ON CONFLICT (id) DO NOTHING
        """)
      // Delivered before.
      guard stored == 1 else { return 0 }
      var count = 0
      for address in webhook.suppressed {
        count += try Suppressions.add(address, reason: webhook.suppressionReason, in: transaction)
      }
      if let delivery = Delivery(event: webhook.type) {
        try note(delivery, webhook, in: transaction)
      }
      return count
    }
  }

  /// An event proves that the transport has the mail, even when its answer was lost.
  private func note(_ delivery: Delivery, _ webhook: MailWebhook, in transaction: Transaction) throws {
    guard webhook.mail != nil || webhook.providerID != nil else { return }
    let isIt: SQL =
      webhook.mail != nil ? "id = \(webhook.mail)" : "provider_id = \(webhook.providerID)"
    try transaction.execute("DELETE FROM mailer.mails WHERE \(isIt) AND template = ANY(\(Mail.secretTemplates))")
    try transaction.execute(
      """
      UPDATE mailer.mails
      SET state = 'sent', sent_at = coalesce(sent_at, now()), reason = NULL,
        provider_id = coalesce(provider_id, \(webhook.providerID))
      WHERE \(isIt) AND (state <> 'sent' OR provider_id IS NULL)
      """)
    try DeliveryNote(delivery: delivery, at: webhook.occurredAt).store(where: isIt, in: transaction)
  }
}

/// One piece of news about a mail's delivery.
struct DeliveryNote {
  let delivery: Delivery
  /// nil: some time ago.
  let at: Timestamp?

  /// Keeps what outweighs it.
  func store(where isIt: SQL, in transaction: Transaction) throws {
    let moment = at ?? Timestamp(microseconds: 0)
    try transaction.execute(
      """
      UPDATE mailer.mails
      SET delivery = \(delivery.rawValue), delivery_rank = \(delivery.rank), delivery_at = \(moment)
      WHERE \(isIt) AND payload IS NOT NULL
        AND (delivery_rank, coalesce(delivery_at, to_timestamp(0)), coalesce(delivery, ''))
          < (\(delivery.rank), \(moment), \(delivery.rawValue))
      """)
  }
}
