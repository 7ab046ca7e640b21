import Database
import FoundationEssentials
import HTTP
import Services

extension CustomerModule {
  /// The most links that one mail names.
  private static let namedLinks = 20

  /// Writes to the owners of sites with targets that broke since they were last told; not more than once a day a site.
  func tellOfBrokenLinks() throws {
    let rows = try database.query(
      """
      SELECT DISTINCT s.id FROM customer.sites s
      JOIN (
        SELECT site_id, broken_at FROM customer.links WHERE broken_at IS NOT NULL
        UNION ALL SELECT site_id, broken_at FROM customer.short_links WHERE broken_at IS NOT NULL
      ) l ON l.site_id = s.id
      WHERE l.broken_at > coalesce(s.broken_told_at, '-infinity')
        AND coalesce(s.broken_told_at < now() - interval '20 hours', true)
      LIMIT 100
      """)
    for row in rows { try tellOwners(of: SiteID(row.uuid("id"))) }
  }

  private func tellOwners(of site: SiteID) throws {
    try database.transaction { transaction in
      let sites = try transaction.query(
        "SELECT title, customer_id, broken_told_at FROM customer.sites WHERE id = \(site.uuid) FOR UPDATE")
      guard let row = sites.first else { return }
      let told = try row.optionalTimestamp("broken_told_at")
      let links = try transaction.query(
        """
        SELECT title, url FROM (
          SELECT title, url, broken_at FROM customer.links WHERE site_id = \(site.uuid)
          UNION ALL SELECT title, url, broken_at FROM customer.short_links WHERE site_id = \(site.uuid)
        ) l
        WHERE broken_at > coalesce(\(told)::timestamptz, '-infinity')
        ORDER BY broken_at, title LIMIT \(Self.namedLinks)
        """)
      guard !links.isEmpty else { return }
      let now = try transaction.query(
        "UPDATE customer.sites SET broken_told_at = now() WHERE id = \(site.uuid) RETURNING broken_told_at")
      let mail = Mail.linkBroken(
        site: site, name: try row.string("title"),
        links: try links.map { "\(try $0.string("title")) (\(WebLink(try $0.string("url"))?.host ?? ""))" },
        at: Instant(try now[0].timestamp("broken_told_at")),
        dashboard: "\(settings.dashboard)/sites/\(site.text)/links")
      for owner in try owners(of: row.uuid("customer_id"), transaction) {
        try mailer.enqueue(mail, to: owner.email, language: owner.language, in: transaction)
      }
    }
  }

  /// Whom to write to about what a customer has.
  func owners(
    of customer: UUID, _ transaction: Transaction
  ) throws -> [(email: EmailAddress, language: Language)] {
    try transaction.query(
      """
      SELECT u.email, u.language FROM customer.memberships m JOIN customer.users u ON u.id = m.user_id
      WHERE m.customer_id = \(customer) AND m.role = 'owner' ORDER BY m.created_at LIMIT 20
      """
    ).compactMap { row in
      guard let email = EmailAddress(try row.string("email")) else { return nil }
      return (email, Language(rawValue: try row.string("language")) ?? .english)
    }
  }
}
