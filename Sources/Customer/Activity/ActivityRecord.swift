import Database
import HTTP
package import Services

extension CustomerModule {
  /// The newest first.
  package func activity(_ page: ListPage, _ caller: Caller) throws -> [UInt8] {
    try database.query(
      """
      SELECT json_build_object('id', a.id::text, 'at', customer.rfc3339(a.at), 'user', u.email, 'action', a.action,
        'subject', a.subject, 'details', a.details)::text AS json, a.id AS cursor
      FROM customer.activity a LEFT JOIN customer.users u ON u.id = a.user_id
      WHERE a.customer_id = \(caller.customer.uuid) AND a.id < \(page.number(start: Int64.max))
      ORDER BY a.id DESC LIMIT \(page.limit + 1)
      """
    ).list(page)
  }

  /// Forgets what is older than two years, and invitations that ended; run each day.
  func sweepActivity() throws {
    _ = try database.query("DELETE FROM customer.activity WHERE at < now() - interval '2 years'")
    _ = try database.query("DELETE FROM customer.invitations WHERE expires_at < now() - interval '1 day'")
  }
}
