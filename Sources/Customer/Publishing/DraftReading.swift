import Database
import HTTP
import Services

extension CustomerModule {
  /// Reads all that a version of the site is made of, in the transaction that holds the site's lock: what is hidden,
  /// paused, or not due at `now`, is left out.
  func draft(of site: SiteID, _ caller: Caller, at now: Instant, _ transaction: Transaction) throws -> SiteContent {
    let rows = try transaction.query(
      """
      SELECT s.slug, s.title, s.description, s.language,
        (SELECT content::text FROM customer.profiles WHERE customer_id = s.customer_id) AS profile,
        (SELECT content::text FROM customer.legal_texts
          WHERE customer_id = s.customer_id AND kind = 'imprint') AS imprint,
        (SELECT content::text FROM customer.legal_texts
          WHERE customer_id = s.customer_id AND kind = 'privacy') AS privacy
      FROM customer.sites s
      WHERE s.id = \(site.uuid) AND s.customer_id = \(caller.customer.uuid)
      """)
    guard let row = rows.first else { throw Problem(.notFound) }
    return SiteContent(
      site: .init(
        title: try row.string("title"), description: try row.string("description"),
        language: Language(rawValue: try row.string("language")) ?? .english,
        origin: settings.origin(slug: try row.string("slug")),
        badge: try billing.entitlements(of: caller.customer, in: transaction).limits.badge
          ? WebLink(settings.dashboard) : nil),
      profile: try row.optionalBytes("profile").map { Profile(stored: try JSONParser.parse($0)) } ?? Profile(),
      pages: try pages(of: site, transaction), links: try links(of: site, at: now, transaction),
      imprint: try row.optionalBytes("imprint").map {
        LegalText(stored: try JSONParser.parse($0), ImprintForm.init(stored:))
      },
      privacy: try row.optionalBytes("privacy").map {
        LegalText(stored: try JSONParser.parse($0), PrivacyForm.init(stored:))
      })
  }

  private func pages(of site: SiteID, _ transaction: Transaction) throws -> [Page] {
    let rows = try transaction.query(
      """
      SELECT slug, title, description, blocks::text AS blocks FROM customer.pages
      WHERE site_id = \(site.uuid) AND NOT paused ORDER BY position
      """)
    return try rows.map { row in
      guard let slug = PageSlug(try row.string("slug")) else { throw Problem(.internalError) }
      let blocks = try JSONParser.parse(row.bytes("blocks")).arrayValue ?? []
      return Page(
        slug: slug, title: try row.string("title"), description: try row.string("description"),
        blocks: try blocks.enumerated().map { try Block(json: $1, pointer: "/blocks/\($0)") })
    }
  }

  private func links(of site: SiteID, at now: Instant, _ transaction: Transaction) throws -> [Link] {
    let rows = try transaction.query(
      """
      SELECT title, url, group_name FROM customer.links
      WHERE site_id = \(site.uuid) AND NOT hidden AND NOT paused
        AND (visible_from IS NULL OR visible_from <= \(now.rfc3339)::timestamptz)
        AND (visible_until IS NULL OR visible_until > \(now.rfc3339)::timestamptz)
      ORDER BY position
      """)
    return try rows.map { row in
      // Checked when it was stored, and once more here: nothing else may reach a published page.
      guard let url = WebLink(try row.string("url")) else { throw Problem(.internalError) }
      return Link(title: try row.string("title"), url: url, group: try row.optionalString("group_name"))
    }
  }
}
