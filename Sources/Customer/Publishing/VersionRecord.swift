import Database
import HTTP
package import Services

extension CustomerModule {
  /// A version as the API shows it, from `customer.versions v`.
  static func versionJSON(active: SQL) -> SQL {
    """
    json_build_object('number', v.number, 'note', v.note, 'created_at', customer.rfc3339(v.created_at),
      'created_by', (SELECT email FROM customer.users WHERE id = v.created_by), 'active', \(active))::text AS json,
      v.number AS version
    """
  }

  package func versions(of site: SiteID, _ page: ListPage, _ caller: Caller) throws -> [UInt8] {
    let before = try page.number(start: Int64.max)
    let rows = try database.query(
      """
      SELECT \(Self.versionJSON(active: "v.number IS NOT DISTINCT FROM s.published_version")), v.number AS cursor
      FROM customer.versions v JOIN customer.sites s ON s.id = v.site_id
      WHERE s.id = \(site.uuid) AND s.customer_id = \(caller.customer.uuid) AND v.number < \(before)
      ORDER BY v.number DESC LIMIT \(page.limit + 1)
      """)
    if rows.isEmpty { try requireSite(site, caller) }
    return try rows.list(page)
  }

  /// Makes an earlier version the active one again; the draft stays as it is.
  package func restore(version number: Int64, of site: SiteID, _ change: Change) throws -> Resource {
    var reader = try ObjectReader(change.body)
    try reader.finish()
    let resource = try write(change) { transaction in
      try lockForPublishing(site, change.caller.customer, transaction)
      let rows = try transaction.query(
        """
        WITH flipped AS (
          UPDATE customer.sites s SET published_version = v.number, published_at = clock_timestamp(),
            schedule_failure = NULL, schedule_failed_at = NULL
          FROM customer.versions v
          WHERE s.id = \(site.uuid) AND v.site_id = s.id AND v.number = \(number)
          RETURNING v.*
        )
        SELECT \(Self.versionJSON(active: "true")) FROM flipped v
        """)
      let resource = try rows.resource()
      try tellOthers(
        of: site, change.caller.customer, changedBy: change.caller.user, version: number, note: "", transaction)
      // What is due has changed since; a version without a snapshot comes back as it was.
      if try !remake(number, of: site, change.caller.customer, transaction) {
        try scheduleRefresh(of: site, at: nil, transaction)
        try relink(site, transaction)
        try enqueueActivation(of: site, transaction)
      }
      try noteVersion(
        .versionRestored, number, of: site, change.caller.customer, by: change.caller.user, transaction)
      return resource
    }
    try activate(site)
    return resource
  }

  /// Forgets the oldest versions beyond the plan's number; the sweep takes their files later.
  func keepNewest(of site: SiteID, _ customer: CustomerID, _ transaction: Transaction) throws {
    let limit = try billing.entitlements(of: customer, in: transaction).limits.versions
    _ = try transaction.execute(
      """
      DELETE FROM customer.versions v USING customer.sites s
      WHERE v.site_id = \(site.uuid) AND s.id = v.site_id AND v.number IS DISTINCT FROM s.published_version
        AND v.number <= (SELECT max(number) FROM customer.versions WHERE site_id = s.id) - \(limit)
      """)
  }
}
