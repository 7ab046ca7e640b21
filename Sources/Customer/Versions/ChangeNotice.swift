import Database
import HTTP
import Services

extension CustomerModule {
  /// How often at most the owners hear of one site, in seconds.
  private static let noticeSeconds = 3600

  /// Tells the other owners that somebody has changed what visitors see; nobody when there are no others.
  ///
  /// - Parameter user: whose doing it is; nil when that person is gone.
  func tellOthers(
    of site: SiteID, _ customer: CustomerID, changedBy user: UserID?, version: Int64, note: String,
    _ transaction: Transaction
  ) throws {
    guard let user else { return }
    let rows = try transaction.query(
      """
      WITH others AS (
        SELECT u.id, u.email, u.language FROM customer.memberships m JOIN customer.users u ON u.id = m.user_id
        WHERE m.customer_id = \(customer.uuid) AND m.role = 'owner' AND m.user_id <> \(user.uuid)
      ), told AS (
        UPDATE customer.sites SET change_told_at = clock_timestamp()
        WHERE id = \(site.uuid) AND EXISTS (SELECT 1 FROM others)
          AND (change_told_at IS NULL
            OR change_told_at <= clock_timestamp() - \(Self.noticeSeconds) * interval '1 second')
        RETURNING title
      )
      SELECT o.id, o.email, o.language, t.title, (SELECT email FROM customer.users WHERE id = \(user.uuid)) AS by
      FROM told t CROSS JOIN others o
      """)
    for row in rows {
      guard let address = EmailAddress(try row.string("email")) else { continue }
      try mailer.enqueue(
        .pageChanged(
          site: site, version: version, recipient: UserID(row.uuid("id")), title: row.string("title"),
          by: row.optionalString("by") ?? "", note: note, dashboard: publishView(of: site)),
        to: address, language: Language(rawValue: row.string("language")) ?? .english, in: transaction)
    }
  }
}
