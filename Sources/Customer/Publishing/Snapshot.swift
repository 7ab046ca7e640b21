import Database
import HTTP
import Services

extension CustomerModule {
  /// Reads the whole draft of a site as one JSON document, with its members named as in the API, in the transaction
  /// that holds the site's lock.
  ///
  /// A version keeps it: shown again at another moment it gives what is due then, two of them tell what changed, and
  /// it brings a draft back. What the plan pauses is left out; what is hidden or not due yet is in.
  ///
  /// - Returns: the document, and the moment at which it was read by the database's clock, which marks changes too.
  func snapshot(
    of site: SiteID, _ customer: CustomerID, _ transaction: Transaction
  ) throws -> (source: [UInt8], takenAt: Instant) {
    let rows = try transaction.query(
      """
      SELECT json_build_object(
        'site', json_build_object(
          'slug', s.slug, 'title', s.title, 'description', s.description, 'locale', s.language, 'design', s.design,
          'redirects', nullif(s.redirects, '[]')),
        'customer', (SELECT json_build_object('kind', kind) FROM customer.customers WHERE id = s.customer_id),
        'profile', (SELECT content FROM customer.profiles WHERE customer_id = s.customer_id),
        'imprint', (
          SELECT content FROM customer.legal_texts WHERE customer_id = s.customer_id AND kind = 'imprint'),
        'privacy', (
          SELECT content FROM customer.legal_texts WHERE customer_id = s.customer_id AND kind = 'privacy'),
        'editions', (
          SELECT json_object_agg(e.kind, json_build_object('number', e.number, 'since', customer.rfc3339(e.since)))
          FROM customer.legal_editions e WHERE e.site_id = s.id),
        'pages', (
          SELECT coalesce(json_agg(json_build_object(
            'id', p.id, 'language', nullif(p.language, ''), 'translation_of', p.translation_of, 'slug', p.slug, 'title', p.title, 'description', p.description, 'blocks', p.blocks
          ) ORDER BY p.position), '[]')
          FROM customer.pages p WHERE p.site_id = s.id AND NOT p.paused),
        'links', (
          SELECT coalesce(json_agg(json_build_object(
            'id', l.id, 'title', l.title, 'url', l.url, 'group', l.group_name, 'hidden', l.hidden,
            'highlight', l.highlight, 'rel_me', l.rel_me, 'code', l.code, 'fallback_url', l.fallback_url,
            'from', customer.rfc3339(l.visible_from), 'until', customer.rfc3339(l.visible_until)
          ) ORDER BY l.position), '[]')
          FROM customer.links l WHERE l.site_id = s.id AND NOT l.paused),
        'images', (\(Self.snapshotImages))
      )::text AS snapshot, clock_timestamp() AS taken_at
      FROM customer.sites s
      WHERE s.id = \(site.uuid) AND s.customer_id = \(customer.uuid)
      """)
    guard let row = rows.first else { throw Problem(.notFound) }
    return (try row.bytes("snapshot"), Instant(try row.timestamp("taken_at")))
  }
}
