import Database
import FoundationEssentials
import HTTP
package import Services

extension CustomerModule {
  /// A link as the API shows it, from `customer.links l`.
  private static let linkJSON: SQL = "l.document AS json, l.version"

  package func links(of site: SiteID, _ page: ListPage, _ caller: Caller) throws -> [UInt8] {
    let after = try page.number(start: -1)
    let rows = try database.query(
      """
      SELECT l.document AS json, l.position AS cursor FROM customer.links l
      WHERE l.site_id = (
          SELECT id FROM customer.sites WHERE id = \(site.uuid) AND customer_id = \(caller.customer.uuid))
        AND l.position > \(after)
      ORDER BY l.position LIMIT \(page.limit + 1)
      """)
    // Nothing was found: there may be no such site.
    if rows.isEmpty { try requireSite(site, caller) }
    return try rows.list(page)
  }

  package func link(_ link: LinkID, of site: SiteID, _ caller: Caller) throws -> Resource {
    try database.query(
      """
      SELECT \(Self.linkJSON) FROM customer.links l JOIN customer.sites s ON s.id = l.site_id
      WHERE l.id = \(link.uuid) AND s.id = \(site.uuid) AND s.customer_id = \(caller.customer.uuid)
      """
    ).resource()
  }

  package func createLink(in site: SiteID, _ change: Change) throws -> Resource {
    let input = try LinkInput(change.body, isNew: true)
    guard let title = input.title, let url = input.url else { throw Problem(.internalError) }
    let id = LinkID.new()
    return try writeCode(of: site, change) { transaction in
      try admit(
        "SELECT count(*) FROM customer.links WHERE site_id = \(site.uuid)", below: \.links, "links", change.caller,
        transaction)
      let resource = try transaction.query(
        """
        INSERT INTO customer.links AS l
          (id, site_id, title, url, group_name, hidden, highlight, rel_me, code, fallback_url, visible_from,
            visible_until, position)
        VALUES (\(id.uuid), \(site.uuid), \(title), \(url.text), \(input.group ?? nil), \(input.hidden ?? false),
          \(input.highlight ?? false), \(input.relMe ?? false), coalesce(\(input.code?.text), customer.new_code()),
          \((input.fallback ?? nil)?.text), \((input.from ?? nil)?.rfc3339)::timestamptz,
          \((input.until ?? nil)?.rfc3339)::timestamptz,
          (SELECT coalesce(max(position), -1) + 1 FROM customer.links WHERE site_id = \(site.uuid)))
        RETURNING \(Self.linkJSON)
        """
      ).resource(location: "/api/sites/\(site.text)/links/\(id.text)")
      try admitCodes(of: id.uuid, in: site, transaction)
      return resource
    }
  }

  package func updateLink(_ link: LinkID, of site: SiteID, _ change: Change) throws -> Resource {
    let input = try LinkInput(change.body, isNew: false)
    return try writeCode(of: site, change) { transaction in
      let rows = try transaction.query(
        """
        UPDATE customer.links l SET
          title = coalesce(\(input.title), title), url = coalesce(\(input.url?.text), url),
          group_name = CASE WHEN \(input.group != nil) THEN \(input.group ?? nil) ELSE group_name END,
          hidden = coalesce(\(input.hidden), hidden), highlight = coalesce(\(input.highlight), highlight),
          rel_me = coalesce(\(input.relMe), rel_me), code = coalesce(\(input.code?.text), code),
          fallback_url = CASE WHEN \(input.fallback != nil)
            THEN \((input.fallback ?? nil)?.text) ELSE fallback_url END,
          \(Self.checkAnew(input.url)),
          visible_from = CASE WHEN \(input.from != nil)
            THEN \((input.from ?? nil)?.rfc3339)::timestamptz ELSE visible_from END,
          visible_until = CASE WHEN \(input.until != nil)
            THEN \((input.until ?? nil)?.rfc3339)::timestamptz ELSE visible_until END,
          version = version + 1, updated_at = clock_timestamp()
        WHERE id = \(link.uuid) AND site_id = \(site.uuid)
          AND (\(change.condition.versions)::bigint[] IS NULL OR version = ANY(\(change.condition.versions)))
        RETURNING \(Self.linkJSON)
        """)
      guard !rows.isEmpty else { throw missed(exists: try hasLink(link, of: site, transaction)) }
      try admitCodes(of: link.uuid, in: site, transaction)
      return try rows.resource()
    }
  }

  package func deleteLink(_ link: LinkID, of site: SiteID, _ change: Change) throws {
    var reader = try ObjectReader(change.body)
    try reader.finish()
    try database.transaction { transaction in
      try lockForEditing(site, change.caller, transaction)
      guard let hasPaused = try discard(.link, "customer.links", link.uuid, of: site, slug: "NULL", change, transaction)
      else { throw missed(exists: try hasLink(link, of: site, transaction)) }
      // What was paused for want of room may have it now.
      guard hasPaused else { return }
      try fitContents(
        of: site, billing.entitlements(of: change.caller.customer, in: transaction).limits, transaction)
    }
  }

  package func orderLinks(of site: SiteID, _ change: Change) throws -> [UInt8] {
    var reader = try ObjectReader(change.body)
    if !reader.has("ids") { reader.refuse("ids", .required) }
    let ids =
      try reader.optionalList("ids", maximum: 1000) { item, pointer -> LinkID in
        guard let id = item.stringValue.flatMap({ LinkID($0) }) else {
          throw Problem(invalid: [FieldError(pointer, .invalid)])
        }
        return id
      } ?? []
    try reader.finish()
    try database.transaction { transaction in
      try lockForEditing(site, change.caller, transaction)
      let present = try transaction.query("SELECT id FROM customer.links WHERE site_id = \(site.uuid)")
      // All of the site's links, each once: an order of a part could mean anything.
      guard ids.count == present.count, try Set(ids.map(\.uuid)) == Set(present.map { try $0.uuid("id") }) else {
        throw Problem(invalid: [FieldError("/ids", .invalid)])
      }
      _ = try transaction.execute(
        """
        UPDATE customer.links l SET position = o.position - 1
        FROM unnest(\(ids.map(\.uuid))) WITH ORDINALITY AS o (id, position)
        WHERE l.id = o.id AND l.site_id = \(site.uuid)
        """)
    }
    return try links(of: site, ListPage(limit: ids.count), change.caller)
  }

  /// Runs a write of a link, which may choose a code that is taken.
  private func writeCode(
    of site: SiteID, _ change: Change, _ body: (Transaction) throws -> Resource
  ) throws -> Resource {
    try tellingTakenSlugs {
      try write(change) { transaction in
        try lockForEditing(site, change.caller, transaction)
        return try body(transaction)
      }
    }
  }

  private func hasLink(_ link: LinkID, of site: SiteID, _ transaction: Transaction) throws -> Bool {
    try !transaction.query("SELECT 1 FROM customer.links WHERE id = \(link.uuid) AND site_id = \(site.uuid)").isEmpty
  }
}
