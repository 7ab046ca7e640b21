import Database
import HTTP
package import Services

extension CustomerModule {
  /// A page as the API shows it, from `customer.pages p`.
  private static let pageJSON: SQL = "p.document AS json, p.version"

  package func pages(of site: SiteID, _ page: ListPage, _ caller: Caller) throws -> [UInt8] {
    let after = try page.number(start: -1)
    let rows = try database.query(
      """
      SELECT p.document AS json, p.position AS cursor FROM customer.pages p
      WHERE p.site_id = (
          SELECT id FROM customer.sites WHERE id = \(site.uuid) AND customer_id = \(caller.customer.uuid))
        AND p.position > \(after)
      ORDER BY p.position LIMIT \(page.limit + 1)
      """)
    // Nothing was found: there may be no such site.
    if rows.isEmpty { try requireSite(site, caller) }
    return try rows.list(page)
  }

  package func page(_ page: PageID, of site: SiteID, _ caller: Caller) throws -> Resource {
    try database.query(
      """
      SELECT \(Self.pageJSON) FROM customer.pages p JOIN customer.sites s ON s.id = p.site_id
      WHERE p.id = \(page.uuid) AND s.id = \(site.uuid) AND s.customer_id = \(caller.customer.uuid)
      """
    ).resource()
  }

  package func createPage(in site: SiteID, _ change: Change) throws -> Resource {
    let input = try PageInput(change.body, isNew: true)
    guard let slug = input.slug, let title = input.title else { throw Problem(.internalError) }
    let id = PageID.new()
    return try tellingTakenSlugs {
      try write(change) { transaction in
        try lockForEditing(site, change.caller, transaction)
        let present = try transaction.query(
          """
          SELECT count(*) AS count, coalesce(max(position), -1) + 1 AS position
          FROM customer.pages WHERE site_id = \(site.uuid)
          """)
        guard let row = present.first else { throw Problem(.internalError) }
        try admit(row.int("count"), below: \.pages, "pages", change.caller, transaction)
        let rows = try transaction.query(
          """
          INSERT INTO customer.pages AS p (id, site_id, slug, title, description, blocks, position)
          VALUES (\(id.uuid), \(site.uuid), \(slug.text), \(title), \(input.description ?? ""),
            \(.json(input.blocks ?? Array("[]".utf8))), \(try row.int("position")))
          RETURNING \(Self.pageJSON)
          """)
        try refuseOversize(site, transaction)
        return try rows.resource(location: "/api/sites/\(site.text)/pages/\(id.text)")
      }
    }
  }

  package func updatePage(_ page: PageID, of site: SiteID, _ change: Change) throws -> Resource {
    try tellingTakenSlugs {
      try write(change) { transaction in
        try lockForEditing(site, change.caller, transaction)
        let home = try isHome(page, of: site, transaction)
        let input = try PageInput(change.body, isNew: false, isHome: home)
        let rows = try transaction.query(
          """
          UPDATE customer.pages p SET
            slug = coalesce(\(input.slug?.text), slug), title = coalesce(\(input.title), title),
            description = coalesce(\(input.description), description),
            blocks = coalesce(\(.json(optional: input.blocks)), blocks),
            version = version + 1, updated_at = clock_timestamp()
          WHERE id = \(page.uuid) AND site_id = \(site.uuid)
            AND (\(change.condition.versions)::bigint[] IS NULL OR version = ANY(\(change.condition.versions)))
          RETURNING \(Self.pageJSON)
          """)
        guard !rows.isEmpty else { throw Problem(.stale) }
        try refuseOversize(site, transaction)
        return try rows.resource()
      }
    }
  }

  package func deletePage(_ page: PageID, of site: SiteID, _ change: Change) throws {
    var reader = try ObjectReader(change.body)
    try reader.finish()
    try database.transaction { transaction in
      try lockForEditing(site, change.caller, transaction)
      // Every site has a home page.
      if try isHome(page, of: site, transaction) { throw Problem(.conflict) }
      let isDeleted = try discard(.page, "customer.pages", page.uuid, of: site, slug: "g.slug", change, transaction)
      guard isDeleted else { throw Problem(.stale) }
      try fitContents(
        of: site, billing.entitlements(of: change.caller.customer, in: transaction).limits, transaction)
    }
  }

  /// The most that all pages of a site may hold together, in bytes of their API form: a site is read and rendered as a
  /// whole.
  private static let siteBytes = 4 << 20

  func refuseOversize(_ site: SiteID, _ transaction: Transaction) throws {
    let rows = try transaction.query(
      "SELECT coalesce(sum(octet_length(document)), 0)::bigint FROM customer.pages WHERE site_id = \(site.uuid)")
    guard try rows[0].int(0) <= Self.siteBytes else {
      throw Problem(.limitReached, members: [.init("entitlement", "pages"), .init("plan", .null)])
    }
  }

  private func isHome(_ page: PageID, of site: SiteID, _ transaction: Transaction) throws -> Bool {
    let rows = try transaction.query(
      "SELECT slug = '' AS home FROM customer.pages WHERE id = \(page.uuid) AND site_id = \(site.uuid)")
    guard let row = rows.first else { throw Problem(.notFound) }
    return try row.bool("home")
  }
}
