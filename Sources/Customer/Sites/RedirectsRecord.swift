import Database
import HTTP
package import Services

extension CustomerModule {
  /// The redirects of a draft as the API shows them, from `customer.sites s`. They are the site's own column and have no
  /// count of changes of their own: what they are tells one state from another.
  private static let redirectsJSON: SQL = """
    json_build_object('items', s.redirects, 'version', r.version)::text AS json, r.version
    """
  private static let redirectsVersion: SQL = """
    LATERAL (SELECT ('x' || left(md5(s.redirects::text), 12))::bit(48)::bigint AS version) r
    """

  package func redirects(of site: SiteID, _ caller: Caller) throws -> Resource {
    try database.query(
      """
      SELECT \(Self.redirectsJSON) FROM customer.sites s, \(Self.redirectsVersion)
      WHERE s.id = \(site.uuid) AND s.customer_id = \(caller.customer.uuid)
      """
    ).resource()
  }

  package func replaceRedirects(of site: SiteID, _ change: Change) throws -> Resource {
    let input = try RedirectsInput(change.body)
    let redirects = JSON.array(input.redirects.map(\.json)).bytes
    return try write(change) { transaction in
      try lockForEditing(site, change.caller, transaction)
      let changed = try transaction.execute(
        """
        UPDATE customer.sites t SET redirects = \(.json(redirects))
        FROM customer.sites s, \(Self.redirectsVersion)
        WHERE s.id = \(site.uuid) AND t.id = s.id
          AND (\(change.condition.versions)::bigint[] IS NULL OR r.version = ANY(\(change.condition.versions)))
        """)
      guard changed == 1 else { throw Problem(.stale) }
      return try transaction.query(
        """
        SELECT \(Self.redirectsJSON) FROM customer.sites s, \(Self.redirectsVersion) WHERE s.id = \(site.uuid)
        """
      ).resource()
    }
  }
}
