import Bucket
import Database
import FoundationEssentials
import HTTP
import Jobs
package import Services

extension CustomerModule {
  /// A site as the API shows it, from `customer.sites s`.
  var siteJSON: SQL {
    """
    json_build_object('id', s.id, 'slug', s.slug, 'title', s.title, 'description', s.description,
      'locale', s.language, 'design', s.design, 'url', \(settings.sitesScheme + "://")::text || \(canonicalHost) || \(urlSuffix)::text,
      'paused', s.paused, 'published_version', s.published_version, 'published_at', customer.rfc3339(s.published_at),
      'changed', s.published_at IS NULL OR greatest(
        s.edited_at,
        (SELECT max(updated_at) FROM customer.profiles WHERE customer_id = s.customer_id),
        (SELECT max(updated_at) FROM customer.legal_texts WHERE customer_id = s.customer_id)) > s.published_at,
      'scheduled', CASE WHEN coalesce(s.publish_at, s.unpublish_at) IS NOT NULL THEN json_build_object(
        'publish_at', customer.rfc3339(s.publish_at), 'note', s.publish_note,
        'unpublish_at', customer.rfc3339(s.unpublish_at)) END,
      'schedule_failure', CASE WHEN s.schedule_failure IS NOT NULL THEN json_build_object(
        'code', s.schedule_failure, 'at', customer.rfc3339(s.schedule_failed_at)) END,
      'unread_messages', (
        SELECT count(*) FROM customer.messages WHERE site_id = s.id AND NOT read AND NOT spam),
      'version', s.version, 'created_at', customer.rfc3339(s.created_at),
      'updated_at', customer.rfc3339(s.updated_at))::text AS json, s.version
    """
  }

  private var urlSuffix: String {
    "\(settings.sitesPort.map { ":\($0)" } ?? "")/"
  }

  package func sites(_ page: ListPage, _ caller: Caller) throws -> [UInt8] {
    var after = SiteID(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))
    if let cursor = page.after {
      guard let id = SiteID(cursor) else { throw Problem(.unknownParameter) }
      after = id
    }
    return try database.query(
      """
      SELECT \(siteJSON), s.id AS cursor FROM customer.sites s
      WHERE s.customer_id = \(caller.customer.uuid) AND s.id > \(after.uuid)
      ORDER BY s.id LIMIT \(page.limit + 1)
      """
    ).list(page) { try SiteID($0.uuid("cursor")).text }
  }

  package func site(_ site: SiteID, _ caller: Caller) throws -> Resource {
    try database.query(
      """
      SELECT \(siteJSON) FROM customer.sites s
      WHERE s.id = \(site.uuid) AND s.customer_id = \(caller.customer.uuid)
      """
    ).resource()
  }

  /// A site as it stands in a transaction that has made sure whose it is.
  func site(_ site: SiteID, _ transaction: Transaction) throws -> Resource {
    try transaction.query("SELECT \(siteJSON) FROM customer.sites s WHERE s.id = \(site.uuid)").resource()
  }

  /// - Throws: ``Problem`` of 404 when the site is not the caller's.
  func requireSite(_ site: SiteID, _ caller: Caller) throws {
    let rows = try database.query(
      "SELECT 1 FROM customer.sites WHERE id = \(site.uuid) AND customer_id = \(caller.customer.uuid)")
    if rows.isEmpty { throw Problem(.notFound) }
  }

  package func createSite(_ change: Change) throws -> Resource {
    let input = try SiteInput(change.body, isNew: true)
    guard let slug = input.slug, let title = input.title else { throw Problem(.internalError) }
    let language = input.language ?? change.caller.language
    let customer = change.caller.customer.uuid
    let id = SiteID.new()
    var isTakenOver = false
    let resource = try tellingTakenSlugs {
      try write(change) { transaction in
        // The customer's row is the lock for the number of sites; counted by a statement of its own, which sees what
        // was committed while this one waited.
        _ = try transaction.query("SELECT 1 FROM customer.customers WHERE id = \(customer) FOR NO KEY UPDATE")
        try admit(
          "SELECT count(*) FROM customer.sites WHERE customer_id = \(customer)", below: \.sites, "sites",
          change.caller, transaction)
        let rows = try transaction.query(
          """
          INSERT INTO customer.sites AS s (id, customer_id, slug, title, description, language, design)
          VALUES (
            \(id.uuid), \(customer), \(slug.text), \(title), \(input.description ?? ""), \(language.rawValue),
            \(.json((input.design ?? Design()).json.bytes)))
          RETURNING \(siteJSON)
          """)
        _ = try transaction.execute(
          """
          INSERT INTO customer.pages (id, site_id, slug, title, blocks, position)
          VALUES (\(PageID.new().uuid), \(id.uuid), '', \(title), \(.json(PageInput.homeBlocks)), 0)
          """)
        // The slug may have been another site's: its visitors must not be led there any more.
        isTakenOver = try takeOver(slug.text, by: change.caller.customer, transaction)
        if isTakenOver { try enqueueActivation(of: id, transaction) }
        try note(.siteCreated, by: change.caller, subject: title, in: transaction)
        return try rows.resource(location: "/api/sites/\(id.text)")
      }
    }
    if isTakenOver { activateNow(id) }
    return resource
  }

  package func updateSite(_ site: SiteID, _ change: Change) throws -> Resource {
    let input = try SiteInput(change.body, isNew: false)
    let resource = try tellingTakenSlugs {
      try write(change) { transaction in
        let before = try transaction.query(
          """
          SELECT slug, EXISTS (SELECT 1 FROM customer.versions WHERE site_id = id) AS was_public FROM customer.sites
          WHERE id = \(site.uuid) AND customer_id = \(change.caller.customer.uuid) FOR UPDATE
          """)
        guard let old = before.first else { throw Problem(.notFound) }
        try refuseLanguageOfOthers(input.language, of: site, transaction)
        if let slug = input.slug, slug.isForPreviews, try old.string("slug") != slug.text {
          throw Problem(invalid: [FieldError("/slug", .invalidSlug)])
        }
        let rows = try transaction.query(
          """
          UPDATE customer.sites s SET
            slug = coalesce(\(input.slug?.text), slug), title = coalesce(\(input.title), title),
            description = coalesce(\(input.description), description),
            language = coalesce(\(input.language?.rawValue), language),
            design = coalesce(\(.json(optional: input.design?.json.bytes)), design),
            version = version + 1, updated_at = clock_timestamp(), edited_at = clock_timestamp()
          WHERE id = \(site.uuid)
            AND (\(change.condition.versions)::bigint[] IS NULL OR version = ANY(\(change.condition.versions)))
          RETURNING \(siteJSON)
          """)
        guard !rows.isEmpty else { throw Problem(.stale) }
        if let slug = input.slug?.text, try old.string("slug") != slug {
          try takeOver(slug, by: change.caller.customer, transaction)
          // A name under which nothing was ever published leads nowhere, and needs no trace.
          if try old.bool("was_public") { try retire(old.string("slug"), of: site, transaction) }
          try enqueueActivation(of: site, transaction)
        }
        return try rows.resource()
      }
    }
    if input.slug != nil { activateNow(site) }
    return resource
  }

  /// A language that some pages have beside the site's own cannot become the site's own: two pages would be one.
  private func refuseLanguageOfOthers(_ language: Language?, of site: SiteID, _ transaction: Transaction) throws {
    guard let language else { return }
    let others = try transaction.query(
      "SELECT 1 FROM customer.pages WHERE site_id = \(site.uuid) AND language = \(language.rawValue) LIMIT 1")
    if !others.isEmpty { throw Problem(.conflict) }
  }

  package func deleteSite(_ site: SiteID, _ change: Change) throws {
    var reader = try ObjectReader(change.body)
    try reader.finish()
    let customer = change.caller.customer
    let back = try database.transaction { transaction -> [SiteID] in
      try lockSites(of: customer, transaction)
      guard let (slug, title) = try discardSite(site, change, transaction) else {
        let still = try transaction.query(
          """
          SELECT 1 FROM customer.sites
          WHERE id = \(site.uuid) AND customer_id = \(change.caller.customer.uuid)
          """)
        throw missed(exists: !still.isEmpty)
      }
      try retire(slug, of: site, transaction)
      try enqueueActivation(of: site, transaction)
      try note(.siteDeleted, by: change.caller, subject: title, in: transaction)
      // What was paused for want of room may have it now.
      return try fitSites(of: customer, billing.entitlements(of: customer, in: transaction).limits, transaction)
    }
    for changed in [site] + back { activateNow(changed) }
  }

  /// The most former names of a site that lead to it.
  private static let retiredLimit = 5

  /// Takes a slug, which a site of the customer has got just now, from the former names of sites.
  ///
  /// - Returns: whether it was one.
  /// - Throws: ``Problem`` of 409 when it is kept for a deleted site of somebody else's. Asked after the site's row was
  ///   written, which has waited for whoever was deleting that site.
  @discardableResult
  func takeOver(_ slug: String, by customer: CustomerID, _ transaction: Transaction) throws -> Bool {
    let kept = try transaction.query(
      """
      SELECT 1 FROM customer.trash WHERE kind = 'site' AND slug = \(slug) AND customer_id <> \(customer.uuid)
        AND deleted_at > now() - \(Self.trashDays) * interval '1 day'
      """)
    guard kept.isEmpty else { throw Self.slugTaken }
    return try transaction.execute("DELETE FROM customer.retired_hosts WHERE slug = \(slug)") > 0
  }

  /// Notes a slug that a site gives up, so that its host can say where the site went; forgets the oldest.
  private func retire(_ slug: String, of site: SiteID, _ transaction: Transaction) throws {
    _ = try transaction.execute(
      """
      INSERT INTO customer.retired_hosts (slug, site_id) VALUES (\(slug), \(site.uuid))
      ON CONFLICT (slug) DO UPDATE SET site_id = excluded.site_id, retired_at = now()
      """)
    let forgotten = try transaction.query(
      """
      DELETE FROM customer.retired_hosts WHERE slug IN (
        SELECT slug FROM customer.retired_hosts WHERE site_id = \(site.uuid)
        ORDER BY retired_at DESC, slug OFFSET \(Self.retiredLimit))
      RETURNING slug
      """)
    for row in forgotten { try bucket.removeHost(host(row.string("slug"))) }
  }
}
