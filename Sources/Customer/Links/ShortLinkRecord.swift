import Database
import FoundationEssentials
import HTTP
package import Services

extension CustomerModule {
  /// A short link as the API shows it, from `customer.short_links l`.
  ///
  /// - Parameter limit: of the plan; what is newer than so many of a site is paused, which needs no note of its own, and
  ///   comes back by itself.
  static func shortLinkJSON(limit: Int) -> SQL {
    """
    json_build_object('id', l.id, 'site_id', l.site_id, 'code', l.code, 'title', l.title, 'url', l.url,
      'permanent', l.permanent, 'utm', l.utm, 'expires_at', customer.rfc3339(l.expires_at),
      'fallback_url', l.fallback_url, 'check', CASE WHEN l.check_state IS NOT NULL THEN json_build_object(
        'state', l.check_state, 'checked_at', customer.rfc3339(l.checked_at), 'status', l.check_status) END,
      'paused', (
        SELECT count(*) FROM customer.short_links o WHERE o.site_id = l.site_id AND o.id < l.id) >= \(limit),
      'version', l.version, 'created_at', customer.rfc3339(l.created_at),
      'updated_at', customer.rfc3339(l.updated_at))::text AS json, l.version
    """
  }

  private func shortLinkJSON(_ caller: Caller, _ transaction: Transaction) throws -> SQL {
    Self.shortLinkJSON(limit: try billing.entitlements(of: caller.customer, in: transaction).limits.links)
  }

  package func shortLinks(of site: SiteID, _ page: ListPage, _ caller: Caller) throws -> [UInt8] {
    let before = try page.after.map { cursor -> UUID in
      guard let id = ShortLinkID(cursor) else { throw Problem(.unknownParameter) }
      return id.uuid
    }
    let limit = try billing.entitlements(of: caller.customer).limits.links
    let rows = try database.query(
      """
      SELECT \(Self.shortLinkJSON(limit: limit)), l.id AS cursor
      FROM customer.short_links l JOIN customer.sites s ON s.id = l.site_id
      WHERE s.id = \(site.uuid) AND s.customer_id = \(caller.customer.uuid)
        AND (\(before)::uuid IS NULL OR l.id < \(before))
      ORDER BY l.id DESC LIMIT \(page.limit + 1)
      """)
    if rows.isEmpty { try requireSite(site, caller) }
    return try rows.list(page) { try ShortLinkID($0.uuid("cursor")).text }
  }

  package func shortLink(_ link: ShortLinkID, of site: SiteID, _ caller: Caller) throws -> Resource {
    let limit = try billing.entitlements(of: caller.customer).limits.links
    return try database.query(
      """
      SELECT \(Self.shortLinkJSON(limit: limit)) FROM customer.short_links l JOIN customer.sites s ON s.id = l.site_id
      WHERE l.id = \(link.uuid) AND s.id = \(site.uuid) AND s.customer_id = \(caller.customer.uuid)
      """
    ).resource()
  }

  package func createShortLink(in site: SiteID, _ change: Change) throws -> Resource {
    let input = try ShortLinkInput(change.body, isNew: true)
    guard let title = input.title, let url = input.url else { throw Problem(.internalError) }
    let id = ShortLinkID.new()
    return try writeShortLink(of: site, change) { transaction in
      try admit(
        "SELECT count(*) FROM customer.short_links WHERE site_id = \(site.uuid)", below: \.links, "links",
        change.caller, transaction)
      let resource = try transaction.query(
        """
        INSERT INTO customer.short_links AS l (id, site_id, code, title, url, permanent, utm, expires_at, fallback_url)
        VALUES (\(id.uuid), \(site.uuid), coalesce(\(input.code?.text), customer.new_code()), \(title), \(url.text),
          \(input.permanent ?? false), \(Self.stored(input.utm))::jsonb,
          \((input.expires ?? nil)?.rfc3339)::timestamptz, \((input.fallback ?? nil)?.text))
        RETURNING \(try shortLinkJSON(change.caller, transaction))
        """
      ).resource(location: "/api/sites/\(site.text)/short-links/\(id.text)")
      try admitCodes(of: id.uuid, in: site, transaction)
      return resource
    }
  }

  package func updateShortLink(_ link: ShortLinkID, of site: SiteID, _ change: Change) throws -> Resource {
    let input = try ShortLinkInput(change.body, isNew: false)
    return try writeShortLink(of: site, change) { transaction in
      let rows = try transaction.query(
        """
        UPDATE customer.short_links l SET
          code = coalesce(\(input.code?.text), code), title = coalesce(\(input.title), title),
          url = coalesce(\(input.url?.text), url), permanent = coalesce(\(input.permanent), permanent),
          utm = CASE WHEN \(input.utm != nil) THEN \(Self.stored(input.utm))::jsonb ELSE utm END,
          expires_at = CASE WHEN \(input.expires != nil)
            THEN \((input.expires ?? nil)?.rfc3339)::timestamptz ELSE expires_at END,
          fallback_url = CASE WHEN \(input.fallback != nil)
            THEN \((input.fallback ?? nil)?.text) ELSE fallback_url END,
          \(Self.checkAnew(input.url)),
          version = version + 1, updated_at = clock_timestamp()
        WHERE id = \(link.uuid) AND site_id = \(site.uuid)
          AND (\(change.condition.versions)::bigint[] IS NULL OR version = ANY(\(change.condition.versions)))
        RETURNING \(try shortLinkJSON(change.caller, transaction))
        """)
      guard !rows.isEmpty else { throw missed(exists: try hasShortLink(link, of: site, transaction)) }
      try admitCodes(of: link.uuid, in: site, transaction)
      return try rows.resource()
    }
  }

  package func deleteShortLink(_ link: ShortLinkID, of site: SiteID, _ change: Change) throws {
    var reader = try ObjectReader(change.body)
    try reader.finish()
    try database.transaction { transaction in
      try lockForShortLinks(site, change.caller, transaction)
      let deleted = try transaction.execute(
        """
        DELETE FROM customer.short_links WHERE id = \(link.uuid) AND site_id = \(site.uuid)
          AND (\(change.condition.versions)::bigint[] IS NULL OR version = ANY(\(change.condition.versions)))
        """)
      guard deleted == 1 else { throw missed(exists: try hasShortLink(link, of: site, transaction)) }
      try relink(site, isRelease: true, transaction)
    }
    activateNow(site)
  }

  /// Runs a write of a short link, which takes effect at once: the draft is not what it belongs to.
  private func writeShortLink(
    of site: SiteID, _ change: Change, _ body: (Transaction) throws -> Resource
  ) throws -> Resource {
    let resource = try tellingTakenSlugs {
      try write(change) { transaction in
        try lockForShortLinks(site, change.caller, transaction)
        let resource = try body(transaction)
        try relink(site, transaction)
        return resource
      }
    }
    activateNow(site)
    return resource
  }

  /// The site's lock, as for publishing.
  ///
  /// - Throws: ``Problem`` of 404 when the site is not the caller's.
  private func lockForShortLinks(_ site: SiteID, _ caller: Caller, _ transaction: Transaction) throws {
    let rows = try transaction.query(
      """
      SELECT 1 FROM customer.sites
      WHERE id = \(site.uuid) AND customer_id = \(caller.customer.uuid) FOR UPDATE
      """)
    if rows.isEmpty { throw Problem(.notFound) }
  }

  static func stored(_ utm: UTM??) -> String? {
    (utm ?? nil).map { String(decoding: $0.json.bytes, as: UTF8.self) }
  }

  private func hasShortLink(_ link: ShortLinkID, of site: SiteID, _ transaction: Transaction) throws -> Bool {
    try !transaction.query(
      "SELECT 1 FROM customer.short_links WHERE id = \(link.uuid) AND site_id = \(site.uuid)"
    ).isEmpty
  }
}
