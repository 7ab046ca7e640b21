import Database
import FoundationEssentials
import HTTP
import Services

extension CustomerModule {
  /// How long what was deleted can come back, in days.
  static let trashDays = 30
  /// The most of a kind that a customer's trash holds; beyond it the oldest of that kind goes for good.
  private static let trashLimit = 500
  /// The same of drafts, each of which is a whole site.
  private static let trashedDraftLimit = 20

  /// Moves one page or link, whose site is locked, to the trash.
  ///
  /// - Parameter slug: of its row `g`.
  /// - Returns: whether there was one of this version.
  func discard(
    _ kind: TrashKind, _ table: SQL, _ id: UUID, of site: SiteID, slug: SQL, _ change: Change,
    _ transaction: Transaction
  ) throws -> Bool? {
    let discarded = try transaction.query(
      """
      WITH gone AS (
        DELETE FROM \(table) WHERE id = \(id) AND site_id = \(site.uuid)
          AND (\(change.condition.versions)::bigint[] IS NULL OR version = ANY(\(change.condition.versions)))
        RETURNING *
      )
      INSERT INTO customer.trash (id, customer_id, site_id, kind, title, slug, content, deleted_by)
      SELECT g.id, \(change.caller.customer.uuid), g.site_id, \(kind.rawValue), g.title, \(slug),
        to_jsonb(g) - 'document', \(change.caller.user.uuid)
      FROM gone g
      RETURNING EXISTS (SELECT FROM \(table) WHERE site_id = \(site.uuid) AND paused) AS has_paused
      """)
    guard let row = discarded.first else { return nil }
    try emptyBeyondLimit(change.caller.customer, transaction)
    return try row.bool("has_paused")
  }

  /// Moves a site with all that hangs on it to the trash.
  ///
  /// - Returns: its slug; nil when there was none of this version.
  func discardSite(
    _ site: SiteID, _ change: Change, _ transaction: Transaction
  ) throws -> (slug: String, title: String)? {
    let customer = change.caller.customer
    let rows = try transaction.query(
      """
      INSERT INTO customer.trash (id, customer_id, site_id, kind, title, slug, content, deleted_by)
      SELECT s.id, s.customer_id, s.id, \(TrashKind.site.rawValue), s.title, s.slug,
        jsonb_build_object('customer.sites', jsonb_build_array(to_jsonb(s))) || customer.rows_of_site(s.id),
        \(change.caller.user.uuid)
      FROM customer.sites s
      WHERE s.id = \(site.uuid) AND s.customer_id = \(customer.uuid)
        AND (\(change.condition.versions)::bigint[] IS NULL OR s.version = ANY(\(change.condition.versions)))
      RETURNING slug, title
      """)
    guard let row = rows.first else { return nil }
    _ = try transaction.execute(
      """
      INSERT INTO customer.trashed_versions
        (customer_id, trash_id, number, deploy, note, created_by, created_at, source)
      SELECT \(customer.uuid), v.site_id, v.number, v.deploy, v.note, v.created_by, v.created_at, v.source
      FROM customer.versions v WHERE v.site_id = \(site.uuid) AND v.source IS NOT NULL
      """)
    _ = try transaction.execute("DELETE FROM customer.sites WHERE id = \(site.uuid)")
    try emptyBeyondLimit(customer, transaction)
    return (try row.string("slug"), try row.string("title"))
  }

  /// Keeps the draft of a site, whose row is locked, as it is now, before another takes its place.
  func discardDraft(of site: SiteID, _ caller: Caller, _ transaction: Transaction) throws {
    _ = try transaction.execute(
      """
      INSERT INTO customer.trash (id, customer_id, site_id, kind, title, content, deleted_by)
      SELECT \(SiteID.new().uuid), s.customer_id, s.id, \(TrashKind.draft.rawValue), s.title,
        jsonb_build_object(
          'customer.sites', jsonb_build_array(to_jsonb(s)),
          'customer.pages', (
            SELECT coalesce(jsonb_agg(to_jsonb(p) - 'document'), '[]') FROM customer.pages p WHERE p.site_id = s.id),
          'customer.links', (
            SELECT coalesce(jsonb_agg(to_jsonb(l) - 'document'), '[]') FROM customer.links l WHERE l.site_id = s.id)),
        \(caller.user.uuid)
      FROM customer.sites s WHERE s.id = \(site.uuid)
      """)
    try emptyBeyondLimit(caller.customer, transaction)
  }

  private func emptyBeyondLimit(_ customer: CustomerID, _ transaction: Transaction) throws {
    _ = try transaction.execute(
      """
      DELETE FROM customer.trash WHERE customer_id = \(customer.uuid) AND id IN (
        SELECT id FROM (
          SELECT id, kind, row_number() OVER (PARTITION BY kind ORDER BY deleted_at DESC, id DESC) AS rank
          FROM customer.trash WHERE customer_id = \(customer.uuid)) ranked
        WHERE rank > CASE kind WHEN \(TrashKind.draft.rawValue) THEN \(Self.trashedDraftLimit) ELSE \(Self.trashLimit) END)
      """)
  }

  /// Empties what has been in the trash for its time, and parts of sites that cannot come back any more. Run each day.
  func sweepTrash() throws {
    _ = try database.execute(
      "DELETE FROM customer.trash WHERE deleted_at < now() - \(Self.trashDays) * interval '1 day'")
    _ = try database.execute(
      """
      DELETE FROM customer.trash t WHERE t.kind <> 'site'
        AND NOT EXISTS (SELECT 1 FROM customer.sites WHERE id = t.site_id)
        AND NOT EXISTS (SELECT 1 FROM customer.trash s WHERE s.site_id = t.site_id AND s.kind = 'site')
      """)
  }
}
