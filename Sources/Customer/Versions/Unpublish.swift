import Database
import HTTP
package import Services

extension CustomerModule {
  /// Takes a site offline at once. Its versions stay; publishing or restoring one brings it back.
  package func unpublish(_ site: SiteID, _ change: Change) throws -> Resource {
    var reader = try ObjectReader(change.body)
    try reader.finish()
    let resource = try write(change) { transaction in
      let rows = try transaction.query(
        """
        SELECT 1 FROM customer.sites WHERE id = \(site.uuid) AND customer_id = \(change.caller.customer.uuid)
        FOR UPDATE
        """)
      guard !rows.isEmpty else { throw Problem(.notFound) }
      try takeOffline(site, transaction)
      return try self.site(site, transaction)
    }
    try activate(site)
    return resource
  }

  /// Has nothing of the site, whose row is locked, shown any more.
  func takeOffline(_ site: SiteID, _ transaction: Transaction) throws {
    _ = try transaction.execute(
      "UPDATE customer.sites SET published_version = NULL, published_at = NULL WHERE id = \(site.uuid)")
    try scheduleRefresh(of: site, at: nil, transaction)
    try enqueueActivation(of: site, transaction)
  }
}
