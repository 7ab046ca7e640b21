import Database
import FoundationEssentials
import HTTP
package import Services

extension CustomerModule {
  package func trash(_ page: ListPage, _ caller: Caller) throws -> [UInt8] {
    let last = try page.after.map { try TrashCursor($0) }
    let rows = try database.query(
      """
      SELECT json_build_object('id', t.id, 'kind', t.kind, 'site_id', t.site_id, 'title', t.title, 'slug', t.slug,
          'site_title', (SELECT title FROM customer.sites WHERE id = t.site_id),
          'deleted_at', customer.rfc3339(t.deleted_at), 'expires_at',
          customer.rfc3339(t.deleted_at + \(Self.trashDays) * interval '1 day'),
          'deleted_by', (SELECT email FROM customer.users WHERE id = t.deleted_by))::text AS json,
        t.deleted_at, t.id
      FROM customer.trash t
      WHERE t.customer_id = \(caller.customer.uuid)
        AND t.deleted_at > now() - \(Self.trashDays) * interval '1 day'
        AND (\(last?.deletedAt)::timestamptz IS NULL OR (t.deleted_at, t.id) < (\(last?.deletedAt), \(last?.id)))
      ORDER BY t.deleted_at DESC, t.id DESC LIMIT \(page.limit + 1)
      """)
    return try rows.list(page) { try TrashCursor($0).text }
  }

  package func deleteForGood(_ item: TrashID, _ change: Change) throws {
    var reader = try ObjectReader(change.body)
    try reader.finish()
    let deleted = try database.execute(
      "DELETE FROM customer.trash WHERE customer_id = \(change.caller.customer.uuid) AND id = \(item.uuid)")
    guard deleted == 1 else { throw Problem(.notFound) }
  }
}

/// Where an entry stands in the list of the trash.
private struct TrashCursor {
  let deletedAt: Timestamp
  let id: UUID

  init(_ row: Row) throws {
    deletedAt = try row.timestamp("deleted_at")
    id = try row.uuid("id")
  }

  /// - Throws: ``Problem`` of 422 when it is none of ours.
  init(_ text: String) throws {
    let parts = text.split(separator: ".", maxSplits: 1)
    guard parts.count == 2, let moment = Int64(parts[0]), let id = TrashID(parts[1]) else {
      throw Problem(.unknownParameter)
    }
    deletedAt = Timestamp(microseconds: moment)
    self.id = id.uuid
  }

  var text: String { "\(deletedAt.microseconds).\(TrashID(id).text)" }
}
