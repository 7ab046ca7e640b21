import Database
import HTTP
import Services

/// Writing what is imported; all of it in a transaction that holds the customer's row.
extension CustomerModule {
  /// Makes a site, under a free variant of its slug when that is taken. It has no pages yet.
  ///
  /// - Throws: ``Problem`` of 402 when the plan has no room for it.
  func insertSite(_ input: SiteInput, _ caller: Caller, _ transaction: Transaction) throws -> ImportOutcome.Site {
    guard let wanted = input.slug, let title = input.title else { throw Problem(.internalError) }
    let customer = caller.customer.uuid
    try requireRoom(
      for: 1, beside: "SELECT count(*) FROM customer.sites WHERE customer_id = \(customer)", \.sites, "sites", caller,
      transaction)
    let slug = try Self.freeSlug(wanted.text, mayRename: true) { slug in
      try !transaction.query(
        """
        SELECT 1 FROM customer.sites WHERE slug = \(slug)
        UNION ALL SELECT 1 FROM customer.retired_hosts WHERE slug = \(slug)
        UNION ALL SELECT 1 FROM customer.trash WHERE kind = 'site' AND slug = \(slug)
        """
      ).isEmpty
    }
    let id = SiteID.new()
    _ = try transaction.execute(
      """
      INSERT INTO customer.sites (id, customer_id, slug, title, description, language, design)
      VALUES (\(id.uuid), \(customer), \(slug), \(title), \(input.description ?? ""),
        \((input.language ?? caller.language).rawValue), \(.json((input.design ?? Design()).json.bytes)))
      """)
    // Somebody may have deleted one of that name meanwhile.
    if try takeOver(slug, by: caller.customer, transaction) { try enqueueActivation(of: id, transaction) }
    try note(.siteCreated, by: caller, subject: title, in: transaction)
    return .init(id: id, slug: slug, title: title, isNew: true)
  }

  func insertHomePage(of site: SiteID, titled title: String, _ transaction: Transaction) throws {
    _ = try transaction.execute(
      """
      INSERT INTO customer.pages (id, site_id, slug, title, blocks, position)
      VALUES (\(PageID.new().uuid), \(site.uuid), '', \(title), \(.json(PageInput.homeBlocks)),
        (SELECT coalesce(max(position), -1) + 1 FROM customer.pages WHERE site_id = \(site.uuid)))
      """)
  }

  /// Puts links behind those that a site has.
  ///
  /// - Throws: ``Problem`` of 402 when the plan has no room for all of them.
  func insertLinks(
    _ links: [LinkInput], into site: SiteID, _ caller: Caller, _ transaction: Transaction
  ) throws {
    guard !links.isEmpty else { return }
    try requireRoom(
      for: links.count, beside: "SELECT count(*) FROM customer.links WHERE site_id = \(site.uuid)", \.links, "links",
      caller, transaction)
    let rows = JSON.array(links.map(\.row))
    _ = try transaction.execute(
      """
      INSERT INTO customer.links (id, site_id, title, url, group_name, hidden, highlight, rel_me, code, fallback_url,
        visible_from, visible_until, position)
      SELECT (l->>'id')::uuid, \(site.uuid), l->>'title', l->>'url', l->>'group', (l->>'hidden')::boolean,
        (l->>'highlight')::boolean, (l->>'rel_me')::boolean, coalesce(l->>'code', customer.new_code()), l->>'fallback',
        (l->>'from')::timestamptz, (l->>'until')::timestamptz, last.position + place
      FROM jsonb_array_elements(\(.json(rows.bytes))) WITH ORDINALITY AS each (l, place),
        (SELECT coalesce(max(position), -1) AS position FROM customer.links WHERE site_id = \(site.uuid)) AS last
      ORDER BY place
      """)
  }

  func insertShortLinks(
    _ links: [ShortLinkInput], into site: SiteID, _ caller: Caller, _ transaction: Transaction
  ) throws {
    guard !links.isEmpty else { return }
    try requireRoom(
      for: links.count, beside: "SELECT count(*) FROM customer.short_links WHERE site_id = \(site.uuid)", \.links,
      "links", caller, transaction)
    for link in links {
      guard let title = link.title, let url = link.url else { throw Problem(.internalError) }
      _ = try transaction.execute(
        """
        INSERT INTO customer.short_links (id, site_id, code, title, url, permanent, utm, expires_at, fallback_url)
        VALUES (\(ShortLinkID.new().uuid), \(site.uuid), coalesce(\(link.code?.text), customer.new_code()), \(title),
          \(url.text), \(link.permanent ?? false), \(Self.stored(link.utm))::jsonb,
          \((link.expires ?? nil)?.rfc3339)::timestamptz, \((link.fallback ?? nil)?.text))
        """)
    }
  }

  /// Refuses more than the plan has room for; the lock that guards the number must be held.
  func requireRoom(
    for new: Int, beside counting: SQL, _ limit: KeyPath<Entitlements.Limits, Int>, _ name: String, _ caller: Caller,
    _ transaction: Transaction
  ) throws {
    let (entitlements, count) = try billing.entitlements(of: caller.customer, counting: counting, in: transaction)
    guard count + new <= entitlements.limits[keyPath: limit] else {
      throw limitReached(name, limit, entitlements.limits[keyPath: limit])
    }
  }
}

extension LinkInput {
  /// A new link as a row.
  fileprivate var row: JSON {
    [
      "id": .string(LinkID.new().text), "title": JSON(title), "url": JSON(url?.text), "group": JSON(group ?? nil),
      "hidden": .bool(hidden ?? false), "highlight": .bool(highlight ?? false), "rel_me": .bool(relMe ?? false),
      "code": JSON(code?.text), "fallback": JSON((fallback ?? nil)?.text), "from": JSON((from ?? nil)?.rfc3339),
      "until": JSON((until ?? nil)?.rfc3339),
    ]
  }
}
