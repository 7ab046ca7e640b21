import Database
import HTTP
package import Services

extension CustomerModule {
  /// The most messages that are kept for one customer. Beyond it the oldest unwanted ones go, then the oldest that
  /// have been read, then the oldest: each was mailed when it came.
  private static let keptMessages = 5000

  package func receive(_ entry: FormEntry, by form: PublishedForm) throws -> Bool {
    let message = VisitorMessage(entry)
    return try database.transaction { transaction in
      guard try lockForReceiving(form, transaction) else { return false }
      let known = try transaction.query(
        """
        SELECT count(*) FILTER (WHERE form_id = \(form.id.uuid) AND email = \(message.email)) AS repeats,
          count(*) AS copies
        FROM customer.messages
        WHERE digest = \(message.digest) AND created_at > now() - interval '1 day'
        """)
      // Sent twice: a button pressed again, a page loaded anew.
      guard try known[0].int("repeats") == 0 else { return true }
      let score = try SpamScore(message, isTrapped: !entry.trap.isEmpty, copies: known[0].int("copies"))
      let id = MessageID.new()
      let way = score.isSpam ? MessageWay.none : try mailWay(of: form, transaction)
      _ = try transaction.execute(
        """
        INSERT INTO customer.messages
          (id, customer_id, site_id, form_id, page_title, name, email, text, digest, spam, mail)
        VALUES (
          \(id.uuid), \(form.customer.uuid), \(form.site.uuid), \(form.id.uuid), \(form.pageTitle), \(message.name),
          \(message.email), \(message.text), \(message.digest), \(score.isSpam), \(way.rawValue))
        """)
      switch way {
      case .none: break
      case .sent: try mail(message, id, by: form, transaction)
      case .waiting: try announceDigest(of: form.id, transaction)
      }
      try keepNewestMessages(of: form.customer, transaction)
      return true
    }
  }

  /// One message of a form at a time, so that repeats are seen. The site is locked before the form, as publishing
  /// does.
  ///
  /// - Returns: whether the form still stands where visitors can see it.
  private func lockForReceiving(_ form: PublishedForm, _ transaction: Transaction) throws -> Bool {
    let sites = try transaction.query(
      """
      SELECT 1 FROM customer.sites
      WHERE id = \(form.site.uuid) AND published_version IS NOT NULL AND NOT paused FOR KEY SHARE
      """)
    guard !sites.isEmpty else { return false }
    return try !transaction.query(
      "SELECT 1 FROM customer.forms WHERE id = \(form.id.uuid) AND site_id = \(form.site.uuid) FOR UPDATE"
    ).isEmpty
  }

  private func keepNewestMessages(of customer: CustomerID, _ transaction: Transaction) throws {
    let count = try transaction.query(
      "SELECT count(*) FROM customer.messages WHERE customer_id = \(customer.uuid)")[0].int(0)
    guard count > Self.keptMessages else { return }
    _ = try transaction.execute(
      """
      DELETE FROM customer.messages WHERE id IN (
        SELECT id FROM customer.messages WHERE customer_id = \(customer.uuid)
        ORDER BY spam, read AND NOT spam, id DESC OFFSET \(Self.keptMessages))
      """)
  }
}
