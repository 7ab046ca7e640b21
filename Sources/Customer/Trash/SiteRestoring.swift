import Database
import FoundationEssentials
import HTTP
import Services

extension CustomerModule {
  /// Brings a site back with its pages, links and versions, as a draft: what was public is public again once somebody
  /// publishes.
  ///
  /// - Returns: the sites to be activated.
  func restoreSite(
    _ item: inout TrashItem, mayRename: Bool, _ caller: Caller, _ transaction: Transaction
  ) throws -> [SiteID] {
    let customer = caller.customer
    try admit(
      "SELECT count(*) FROM customer.sites WHERE customer_id = \(customer.uuid)", below: \.sites, "sites", caller,
      transaction)
    let slug = try Self.freeSlug(item.slug ?? "", mayRename: mayRename) { slug in
      try !transaction.query(
        """
        SELECT 1 FROM customer.sites WHERE slug = \(slug)
        UNION ALL SELECT 1 FROM customer.retired_hosts r
        WHERE r.slug = \(slug) AND r.site_id <> \(item.site.uuid) AND \(slug != item.slug)
        """
      ).isEmpty
    }
    _ = try transaction.query(
      """
      SELECT customer.put_site_back(jsonb_set(content, '{customer.sites,0}', (content #> '{customer.sites,0}')
        || jsonb_build_object('slug', \(slug)::text, 'published_version', NULL, 'published_at', NULL,
          'publish_at', NULL, 'publish_by', NULL, 'unpublish_at', NULL, 'schedule_failure', NULL, 'paused', false, 'primary_domain_id', NULL,
          'version', (content #>> '{customer.sites,0,version}')::bigint + 1, 'updated_at', clock_timestamp(),
          'edited_at', clock_timestamp())))::text
      FROM customer.trash WHERE customer_id = \(customer.uuid) AND id = \(item.id)
      """)
    _ = try transaction.execute(
      """
      INSERT INTO customer.versions (site_id, number, deploy, note, created_by, created_at, source)
      SELECT trash_id, number, deploy, note, created_by, created_at, source FROM customer.trashed_versions
      WHERE customer_id = \(customer.uuid) AND trash_id = \(item.id)
      """)
    _ = try transaction.execute(
      "DELETE FROM customer.trash WHERE customer_id = \(customer.uuid) AND id = \(item.id)")
    item.slug = slug
    try attachDomainsAgain(to: item.site, of: customer, transaction)
    try takeOver(slug, by: customer, transaction)
    let limits = try billing.entitlements(of: customer, in: transaction).limits
    try fitContents(of: item.site, limits, transaction)
    try enqueueActivation(of: item.site, transaction)
    return [item.site] + (try fitSites(of: customer, limits, transaction))
  }
}
