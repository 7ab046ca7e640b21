import Database
import HTTP
package import Services

extension CustomerModule {
  /// Pauses what a customer has beyond the plan and brings back what fits again; nothing is deleted. Run by a job
  /// whenever the entitlements have changed.
  ///
  /// A paused site goes offline at once. Paused pages and links are left out when their site is published next: what
  /// is public is changed by nobody but the customer. Short links, which are no part of the draft, follow at once.
  ///
  /// - Returns: the customer's users, whose standing is another now.
  package func fitToPlan(_ payload: [UInt8]) throws -> [UserID] {
    guard let customer = try JSONParser.parse(payload)["customer"]?.stringValue.flatMap({ CustomerID($0) }) else {
      throw Problem(.internalError)
    }
    let (users, sites) = try database.transaction { transaction in
      try lockSites(of: customer, transaction)
      let entitlements = try billing.entitlements(of: customer, in: transaction)
      let limits = entitlements.limits
      let changed = try fitSites(of: customer, limits, transaction)
      let sites = try transaction.query("SELECT id FROM customer.sites WHERE customer_id = \(customer.uuid)")
      for row in sites { try fitContents(of: SiteID(row.uuid("id")), limits, transaction) }
      let relinked = try relinkSites(of: customer, transaction)
      try fitMembers(of: customer, limits, transaction)
      let ofDomains = try fitDomains(of: customer, limits, transaction)
      try notePlan(of: customer, entitlements, transaction)
      return (try self.users(of: customer, transaction), Set(changed + relinked + ofDomains))
    }
    for site in sites { activateNow(site) }
    return users
  }

  /// Which of the short links are paused follows from the plan alone.
  ///
  /// - Returns: the sites that have some.
  private func relinkSites(of customer: CustomerID, _ transaction: Transaction) throws -> [SiteID] {
    let sites = try transaction.query(
      """
      SELECT id FROM customer.sites s WHERE customer_id = \(customer.uuid)
        AND EXISTS (SELECT FROM customer.short_links WHERE site_id = s.id) ORDER BY id
      """
    ).map { SiteID(try $0.uuid("id")) }
    for site in sites { try relink(site, isRelease: true, transaction) }
    return sites
  }

  /// Notes the plan and its state, when they are others than at the last time.
  private func notePlan(
    of customer: CustomerID, _ entitlements: Entitlements, _ transaction: Transaction
  ) throws {
    let details: JSON = ["plan": .string(entitlements.plan), "status": .string(entitlements.status.rawValue)]
    let last = try transaction.query(
      """
      SELECT details = \(.json(details.bytes)) AS is_same FROM customer.activity
      WHERE customer_id = \(customer.uuid) AND action = \(Activity.planChanged.rawValue)
      ORDER BY id DESC LIMIT 1
      """)
    if try last.first?.bool("is_same") == true { return }
    try note(.planChanged, of: customer, details: details, in: transaction)
  }

  /// The lock on the number of a customer's sites, then on the sites: always in this order.
  func lockSites(of customer: CustomerID, _ transaction: Transaction) throws {
    _ = try transaction.query("SELECT 1 FROM customer.customers WHERE id = \(customer.uuid) FOR NO KEY UPDATE")
    _ = try transaction.query(
      "SELECT 1 FROM customer.sites WHERE customer_id = \(customer.uuid) ORDER BY id FOR NO KEY UPDATE")
  }

  /// - Returns: the sites that went offline or came back, whose activation is enqueued.
  func fitSites(
    of customer: CustomerID, _ limits: Entitlements.Limits, _ transaction: Transaction
  ) throws -> [SiteID] {
    let changed = try transaction.query(
      """
      UPDATE customer.sites s
      SET paused = r.rank > \(limits.sites), version = version + 1, updated_at = clock_timestamp()
      FROM (
        SELECT id, row_number() OVER (ORDER BY keep NULLS LAST, created_at, id) AS rank
        FROM customer.sites WHERE customer_id = \(customer.uuid)
      ) r
      WHERE s.id = r.id AND s.paused <> (r.rank > \(limits.sites))
      RETURNING s.id
      """
    ).map { SiteID(try $0.uuid("id")) }
    for site in changed { try enqueueActivation(of: site, transaction) }
    return changed
  }

  /// Fits pages and links of one site, whose row is locked.
  func fitContents(of site: SiteID, _ limits: Entitlements.Limits, _ transaction: Transaction) throws {
    let pages = try transaction.execute(
      Self.fitting("customer.pages", of: site, limit: limits.pages, first: "(slug = '' AND language = '') DESC,"))
    let links = try transaction.execute(Self.fitting("customer.links", of: site, limit: limits.links, first: ""))
    if pages + links > 0 {
      _ = try transaction.execute(
        "UPDATE customer.sites SET edited_at = clock_timestamp() WHERE id = \(site.uuid)")
    }
  }

  /// - Parameter first: what is kept whatever was chosen: the home page.
  private static func fitting(_ table: SQL, of site: SiteID, limit: Int, first: SQL) -> SQL {
    """
    UPDATE \(table) t
    SET paused = r.rank > \(limit), version = version + 1, updated_at = clock_timestamp()
    FROM (
      SELECT id, row_number() OVER (ORDER BY \(first) keep NULLS LAST, created_at, id) AS rank
      FROM \(table) WHERE site_id = \(site.uuid)
    ) r
    WHERE t.id = r.id AND t.paused <> (r.rank > \(limit))
    """
  }
}
