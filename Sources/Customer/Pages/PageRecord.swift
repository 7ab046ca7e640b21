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
        try admit(
          "SELECT count(*) FROM customer.pages WHERE site_id = \(site.uuid)", below: \.pages, "pages", change.caller,
          transaction)
        let language = try language(input.language, of: site, transaction)
        try requireOriginal(input.translationOf ?? nil, of: site, language, transaction)
        try refuseUnknownImages(input.images, change.caller, transaction)
        try requireFreeForms(input.forms, for: id, change.caller.customer, transaction)
        let rows = try transaction.query(
          """
          INSERT INTO customer.pages AS p
            (id, site_id, slug, language, translation_of, title, description, blocks, position)
          VALUES (\(id.uuid), \(site.uuid), \(slug.text), \(language), \((input.translationOf ?? nil)?.uuid), \(title),
            \(input.description ?? ""), \(.json(input.storedBlocks ?? Array("[]".utf8))),
            (SELECT coalesce(max(position), -1) + 1 FROM customer.pages WHERE site_id = \(site.uuid)))
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
        let (slug, language) = try place(of: page, in: site, transaction)
        let input = try PageInput(change.body, isNew: false, isHome: slug.isEmpty)
        try requireOriginal(input.translationOf ?? nil, of: site, language, transaction)
        try refuseUnknownImages(input.images, change.caller, transaction)
        try requireFreeForms(input.forms, for: page, change.caller.customer, transaction)
        let rows = try transaction.query(
          """
          UPDATE customer.pages p SET
            slug = coalesce(\(input.slug?.text), slug), title = coalesce(\(input.title), title),
            description = coalesce(\(input.description), description),
            blocks = coalesce(\(.json(optional: input.storedBlocks)), blocks),
            translation_of = CASE WHEN \(input.translationOf != nil)
              THEN \((input.translationOf ?? nil)?.uuid)::uuid ELSE translation_of END,
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
      // Every site has a home page in its own language.
      if try place(of: page, in: site, transaction) == ("", "") { throw Problem(.conflict) }
      let discarded = try discard(.page, "customer.pages", page.uuid, of: site, slug: "g.slug", change, transaction)
      guard let hasPaused = discarded else { throw Problem(.stale) }
      // What was paused for want of room may have it now.
      guard hasPaused else { return }
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

  /// The page's slug and language as they are stored.
  ///
  /// - Throws: ``Problem`` of 404 when the site has no such page.
  private func place(
    of page: PageID, in site: SiteID, _ transaction: Transaction
  ) throws -> (slug: String, language: String) {
    let rows = try transaction.query(
      "SELECT slug, language FROM customer.pages WHERE id = \(page.uuid) AND site_id = \(site.uuid)")
    guard let row = rows.first else { throw Problem(.notFound) }
    return (try row.string("slug"), try row.string("language"))
  }

  /// A page's language as it is stored: empty for the site's own.
  ///
  /// - Throws: ``Problem`` of 409 when a page of the site's own language stands where the language's pages would.
  private func language(_ language: SiteLanguage?, of site: SiteID, _ transaction: Transaction) throws -> String {
    guard let code = language?.rawValue else { return "" }
    let rows = try transaction.query(
      """
      SELECT s.language, EXISTS (
        SELECT 1 FROM customer.pages WHERE site_id = s.id AND language = '' AND slug = \(code)) AS is_taken
      FROM customer.sites s WHERE s.id = \(site.uuid)
      """)
    guard let row = rows.first else { throw Problem(.notFound) }
    if try row.string("language") == code { return "" }
    if try row.bool("is_taken") { throw Problem(.conflict) }
    return code
  }

  /// - Throws: ``Problem`` of 422 unless a page of another language translates one of the site's own language.
  private func requireOriginal(
    _ original: PageID?, of site: SiteID, _ language: String, _ transaction: Transaction
  ) throws {
    guard let original else { return }
    let rows = try transaction.query(
      "SELECT 1 FROM customer.pages WHERE id = \(original.uuid) AND site_id = \(site.uuid) AND language = ''")
    if rows.isEmpty || language.isEmpty { throw Problem(invalid: [FieldError("/translation_of", .invalid)]) }
  }
}
