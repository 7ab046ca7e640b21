import Database
import Services

extension ExportData {
  /// Sites that were deleted may be among it, each whole.
  private static let trashed = 10

  /// What lies in the trash: marked as deleted, with what it holds in the form in which it would be there if it came back.
  func trash() throws {
    try list("trash", limit: Self.trashed) { after in
      """
      SELECT json_build_object('id', t.id, 'deleted', true, 'kind', t.kind, 'site_id', t.site_id, 'title', t.title,
          'slug', t.slug, 'deleted_at', customer.rfc3339(t.deleted_at),
          'deleted_by', (SELECT email FROM customer.users WHERE id = t.deleted_by),
          'site', (
            SELECT json_build_object('id', s.id, 'slug', s.slug, 'title', s.title, 'description', s.description,
              'locale', s.language, 'design', s.design)
            FROM jsonb_populate_recordset(NULL::customer.sites, t.content -> 'customer.sites') s),
          'pages', (\(Self.trashedPages)), 'links', (\(Self.trashedLinks)), 'short_links', (\(Self.trashedShortLinks)),
          'messages', (\(Self.trashedMessages)), 'versions', (
            SELECT coalesce(json_agg(json_build_object('number', v.number, 'note', v.note,
              'created_at', customer.rfc3339(v.created_at)) ORDER BY v.number), '[]')
            FROM customer.trashed_versions v WHERE v.customer_id = t.customer_id AND v.trash_id = t.id))::text AS json,
        t.id::text AS cursor
      FROM customer.trash t
      WHERE t.customer_id = \(customer.uuid) AND t.id > \(after ?? Self.lowest)::uuid ORDER BY t.id LIMIT \(Self.trashed)
      """
    }
  }

  private static let trashedPages: SQL = """
    SELECT coalesce(json_agg(customer.page_document(p.id, p.site_id, p.slug, p.language, p.translation_of, p.title,
      p.description, p.blocks, p.position, p.paused, p.version, p.created_at, p.updated_at)::json ORDER BY p.id), '[]')
    FROM jsonb_populate_recordset(NULL::customer.pages, CASE t.kind WHEN 'page' THEN jsonb_build_array(t.content)
      ELSE coalesce(t.content -> 'customer.pages', '[]') END) p
    """

  private static let trashedLinks: SQL = """
    SELECT coalesce(json_agg(customer.link_document(l.id, l.site_id, l.title, l.url, l.group_name, l.hidden, l.highlight,
      l.rel_me, l.code, l.fallback_url, l.visible_from, l.visible_until, l.position, l.paused, l.check_state,
      l.check_status, l.checked_at, l.version, l.created_at, l.updated_at)::json ORDER BY l.id), '[]')
    FROM jsonb_populate_recordset(NULL::customer.links, CASE t.kind WHEN 'link' THEN jsonb_build_array(t.content)
      ELSE coalesce(t.content -> 'customer.links', '[]') END) l
    """

  private static let trashedShortLinks: SQL = """
    SELECT coalesce(json_agg(one.json::json), '[]') FROM (
      SELECT \(CustomerModule.shortLinkJSON(limit: .max))
      FROM jsonb_populate_recordset(NULL::customer.short_links, t.content -> 'customer.short_links') l ORDER BY l.id) one
    """

  private static let trashedMessages: SQL = """
    SELECT coalesce(json_agg(\(ExportData.messageJSON) ORDER BY m.id), '[]')
    FROM jsonb_populate_recordset(NULL::customer.messages, t.content -> 'customer.messages') m
    """
}
