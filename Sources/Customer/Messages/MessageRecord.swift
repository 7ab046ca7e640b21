import Database
import HTTP
package import Services

extension CustomerModule {
  /// A message as the API shows it, from `customer.messages m`.
  private static let messageJSON: SQL = """
    json_build_object('id', m.id, 'site_id', m.site_id, 'form_id', m.form_id, 'page_title', m.page_title,
      'name', m.name, 'email', m.email, 'text', m.text, 'spam', m.spam, 'read', m.read,
      'created_at', customer.rfc3339(m.created_at))::text AS json
    """

  /// A message of the caller's site, in a statement on `customer.messages m`.
  private static func isOwn(_ message: MessageID, _ site: SiteID, _ caller: Caller) -> SQL {
    "m.id = \(message.uuid) AND m.site_id = \(site.uuid) AND m.customer_id = \(caller.customer.uuid)"
  }

  package func messages(
    of site: SiteID, areSpam: Bool, _ page: ListPage, _ caller: Caller
  ) throws -> [UInt8] {
    let before = try page.after == nil ? nil : page.identifier(MessageID.self)
    let rows = try database.query(
      """
      SELECT \(Self.messageJSON), m.id AS cursor FROM customer.messages m
      WHERE m.site_id = \(site.uuid) AND m.customer_id = \(caller.customer.uuid) AND m.spam = \(areSpam)
        AND (\(before?.uuid)::uuid IS NULL OR m.id < \(before?.uuid))
      ORDER BY m.id DESC LIMIT \(page.limit + 1)
      """)
    if rows.isEmpty { try requireSite(site, caller) }
    return try rows.list(page) { try MessageID($0.uuid("cursor")).text }
  }

  package func message(_ message: MessageID, of site: SiteID, _ caller: Caller) throws -> [UInt8] {
    try database.query(
      "SELECT \(Self.messageJSON) FROM customer.messages m WHERE \(Self.isOwn(message, site, caller))"
    ).document()
  }

  package func changeMessage(_ message: MessageID, of site: SiteID, _ change: Change) throws -> [UInt8] {
    var reader = try ObjectReader(change.body)
    let read = reader.optionalBool("read")
    let spam = reader.optionalBool("spam")
    try reader.finish()
    return try database.query(
      """
      UPDATE customer.messages m SET
        read = coalesce(\(read), read), spam = coalesce(\(spam), spam),
        -- What is unwanted is not told of any more.
        mail = CASE WHEN mail = 'waiting' AND coalesce(\(spam), spam) THEN 'none' ELSE mail END
      WHERE \(Self.isOwn(message, site, change.caller))
      RETURNING \(Self.messageJSON)
      """
    ).document()
  }

  package func deleteMessage(_ message: MessageID, of site: SiteID, _ change: Change) throws {
    var reader = try ObjectReader(change.body)
    try reader.finish()
    let deleted = try database.execute(
      "DELETE FROM customer.messages m WHERE \(Self.isOwn(message, site, change.caller))")
    guard deleted == 1 else { throw Problem(.notFound) }
  }

  /// Forgets old messages, unwanted ones sooner; run each day. The privacy policy names the longer time.
  func sweepMessages() throws {
    _ = try database.execute(
      """
      DELETE FROM customer.messages
      WHERE created_at < now() - interval '180 days' OR spam AND created_at < now() - interval '30 days'
      """)
  }
}

extension Rows {
  /// The one document of a statement that selects `json`.
  ///
  /// - Throws: ``Problem`` of 404 when there is no row.
  fileprivate func document() throws -> [UInt8] {
    guard let row = first else { throw Problem(.notFound) }
    return try row.bytes("json")
  }
}
