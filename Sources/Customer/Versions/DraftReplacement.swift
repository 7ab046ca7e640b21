import Database
import FoundationEssentials
import HTTP
package import Services

extension CustomerModule {
  /// What a draft holds of its site's own columns; its address, its plans and what is public are not of the draft.
  private static let draftColumns = ["title", "description", "language", "design", "redirects"]

  /// Makes the content of a version the draft again: the site's texts and design, its pages and its links, which keep
  /// their ids. Profile and legal texts are the customer's, shared by all sites, and stay as they are.
  ///
  /// The draft as it was goes to the trash as one entry, from which it can come back.
  package func replaceDraft(of site: SiteID, byVersion number: Int64, _ change: Change) throws -> Resource {
    var reader = try ObjectReader(change.body)
    try reader.finish()
    return try write(change) { transaction in
      try lockForEditing(site, change.caller, transaction)
      let rows = try transaction.query(
        """
        SELECT jsonb_build_object(
            'customer.sites', jsonb_build_array(
              (v.content -> 'site') || jsonb_build_object(
                'language', v.content #> '{site,locale}',
                'redirects', coalesce(nullif(v.content #> '{site,redirects}', 'null'), '[]'))),
            'customer.pages', (
              SELECT coalesce(jsonb_agg(p.page || jsonb_build_object(
                'site_id', v.site_id, 'position', p.position - 1, 'paused', false,
                'language', coalesce(p.page ->> 'language', ''),
                -- What it translates may have been left out as beyond the plan.
                'translation_of', CASE WHEN v.content -> 'pages' @> jsonb_build_array(
                  jsonb_build_object('id', p.page -> 'translation_of')) THEN p.page -> 'translation_of' END)), '[]')
              FROM jsonb_array_elements(v.content -> 'pages') WITH ORDINALITY AS p (page, position)),
            'customer.links', (
              SELECT coalesce(jsonb_agg(l.link || jsonb_build_object(
                'site_id', v.site_id, 'position', l.position - 1, 'paused', false, 'group_name', l.link -> 'group',
                'visible_from', l.link -> 'from', 'visible_until', l.link -> 'until')), '[]')
              FROM jsonb_array_elements(v.content -> 'links') WITH ORDINALITY AS l (link, position))
          )::text AS content
        FROM (
          SELECT site_id, source::jsonb AS content FROM customer.versions
          WHERE site_id = \(site.uuid) AND number = \(number)
        ) v
        """)
      guard let row = rows.first else { throw Problem(.notFound) }
      // Published before snapshots were kept.
      guard let content = try row.optionalBytes("content") else { throw Problem(.conflict) }
      try replaceDraft(of: site, content, change.caller, transaction)
      return try self.site(site, transaction)
    }
  }

  /// Makes a draft from the trash the site's again; the one that there is takes its place there.
  func restoreDraft(_ item: TrashItem, _ caller: Caller, _ transaction: Transaction) throws {
    let rows = try transaction.query(
      """
      DELETE FROM customer.trash WHERE customer_id = \(caller.customer.uuid) AND id = \(item.id)
      RETURNING content::text AS content
      """)
    guard let row = rows.first else { throw Problem(.notFound) }
    try replaceDraft(of: item.site, row.bytes("content"), caller, transaction)
  }

  /// - Parameter content: rows by table, as the trash holds them.
  private func replaceDraft(
    of site: SiteID, _ content: [UInt8], _ caller: Caller, _ transaction: Transaction
  ) throws {
    try discardDraft(of: site, caller, transaction)
    // Two pages may have exchanged their addresses: those that change make way first.
    _ = try transaction.execute(
      """
      UPDATE customer.pages p SET slug = p.id::text
      FROM jsonb_populate_recordset(NULL::customer.pages, \(.json(content)) -> 'customer.pages') r
      WHERE p.site_id = \(site.uuid) AND p.id = r.id AND (p.language, p.slug) <> (r.language, r.slug)
      """)
    _ = try transaction.query(
      """
      SELECT customer.replace_rows('customer.pages', \(site.uuid), c.content -> 'customer.pages')::text,
        customer.replace_rows('customer.links', \(site.uuid), c.content -> 'customer.links')::text
      FROM (SELECT \(.json(content)) AS content) c
      """)
    // What is back is no longer in the trash.
    _ = try transaction.execute(
      """
      DELETE FROM customer.trash t USING (SELECT \(.json(content)) AS content) c
      WHERE t.customer_id = \(caller.customer.uuid) AND t.site_id = \(site.uuid) AND t.kind IN ('page', 'link')
        AND t.id IN (
          SELECT (r ->> 'id')::uuid
          FROM jsonb_array_elements((c.content -> 'customer.pages') || (c.content -> 'customer.links')) r)
      """)
    _ = try transaction.query(
      """
      SELECT customer.replace_columns('customer.sites', \(site.uuid), (
        SELECT jsonb_object_agg(key, value) FROM jsonb_each(\(.json(content)) #> '{customer.sites,0}')
        WHERE key = ANY(\(Self.draftColumns))))::text
      """)
    try refuseOversize(site, transaction)
    let limits = try billing.entitlements(of: caller.customer, in: transaction).limits
    try fitContents(of: site, limits, transaction)
  }
}
