import Database
import FoundationEssentials
import HTTP
package import Services

extension CustomerModule {
  package func updateDomain(_ domain: DomainID, _ change: Change) throws -> [UInt8] {
    let input = try DomainPatch(change.body)
    let customer = change.caller.customer
    var sites: Set<SiteID> = []
    let answer = try database.transaction { transaction in
      try lockSites(of: customer, transaction)
      let row = try lock(domain, of: customer, transaction)
      if let site = input.site {
        if let site { try requireSiteInBody(site, of: customer, transaction) }
        sites.formUnion(try attach(row, to: site, transaction))
        try note(.domainChanged, by: change.caller, subject: row.host, in: transaction)
      }
      if let isPrimary = input.isPrimary {
        let site = input.site ?? row.site
        guard isPrimary == false || site != nil else { throw Problem(.conflict) }
        if let site {
          try transaction.execute(
            """
            UPDATE customer.sites SET primary_domain_id = \(isPrimary ? domain.uuid : nil)
            WHERE id = \(site.uuid) AND (\(isPrimary) OR primary_domain_id = \(domain.uuid))
            """)
          sites.insert(site)
        }
      }
      for site in sites { try enqueueActivation(of: site, transaction) }
      return try document(domain, change.caller, transaction)
    }
    for site in sites { activateNow(site) }
    return answer.bytes
  }

  /// Locks a customer's domain with what was made together with it.
  ///
  /// - Throws: ``Problem`` of 404 when it is not the customer's.
  func lock(_ domain: DomainID, of customer: CustomerID, _ transaction: Transaction) throws -> DomainRow {
    let rows = try domainRows(
      "WHERE d.id = \(domain.uuid) AND d.customer_id = \(customer.uuid) FOR UPDATE OF d", transaction)
    guard let row = rows.first else { throw Problem(.notFound) }
    return row
  }

  /// Leads a domain, and what was made together with it, to another site; nil: to none. A site without a primary domain
  /// gets it as that.
  ///
  /// - Returns: the sites that are concerned.
  private func attach(_ row: DomainRow, to site: SiteID?, _ transaction: Transaction) throws -> [SiteID] {
    let root = row.wwwOf ?? row.id
    let primary = try transaction.query(
      """
      SELECT primary_domain_id FROM customer.sites
      WHERE customer_id = \(row.customer.uuid) AND primary_domain_id IN (
        SELECT id FROM customer.domains WHERE id = \(root.uuid) OR www_of = \(root.uuid))
      """)
    let wanted = try primary.first?.uuid("primary_domain_id") ?? root.uuid
    try transaction.execute(
      "UPDATE customer.sites SET primary_domain_id = NULL WHERE primary_domain_id = \(wanted)")
    try transaction.execute(
      """
      UPDATE customer.sites SET primary_domain_id = \(wanted)
      WHERE id = \(site?.uuid) AND primary_domain_id IS NULL
      """)
    try transaction.execute(
      """
      UPDATE customer.domains SET site_id = \(site?.uuid), last_site_id = coalesce(\(site?.uuid), last_site_id)
      WHERE id = \(root.uuid) OR www_of = \(root.uuid)
      """)
    return [row.lastSite, site].compactMap(\.self)
  }

  /// A site has come back: so do the domains that led to it and have not got another one since.
  func attachDomainsAgain(to site: SiteID, of customer: CustomerID, _ transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE customer.domains SET site_id = \(site.uuid)
      WHERE customer_id = \(customer.uuid) AND last_site_id = \(site.uuid) AND site_id IS NULL
      """)
    try transaction.execute(
      """
      UPDATE customer.sites SET primary_domain_id = (
        SELECT id FROM customer.domains WHERE site_id = \(site.uuid) ORDER BY www_of IS NOT NULL, id LIMIT 1)
      WHERE id = \(site.uuid)
      """)
  }

  /// Pauses the domains beyond the plan and brings back what fits again. A `www` goes with its domain.
  ///
  /// - Returns: the sites that are concerned, whose activation is enqueued.
  func fitDomains(
    of customer: CustomerID, _ limits: Entitlements.Limits, _ transaction: Transaction
  ) throws -> [SiteID] {
    let rows = try transaction.query(
      """
      UPDATE customer.domains d SET paused_by_plan = r.rank > \(limits.domains)
      FROM (
        SELECT id, row_number() OVER (ORDER BY keep NULLS LAST, created_at, id) AS rank
        FROM customer.domains WHERE customer_id = \(customer.uuid) AND www_of IS NULL
      ) r
      WHERE r.id = coalesce(d.www_of, d.id) AND d.paused_by_plan <> (r.rank > \(limits.domains))
      RETURNING d.last_site_id
      """)
    let sites = Set(try rows.compactMap { try $0.optionalUUID("last_site_id").map { SiteID($0) } })
    for site in sites { try enqueueActivation(of: site, transaction) }
    return Array(sites)
  }
}

/// The fields of a domain that a body may set.
private struct DomainPatch {
  /// The inner nil: to no site.
  let site: SiteID??
  let isPrimary: Bool?

  init(_ body: JSON) throws {
    var reader = try ObjectReader(body)
    switch reader.nullableString("site_id", maximum: 100) {
    case .none: site = .none
    case .some(nil): site = .some(nil)
    case .some(let typed?):
      let id = SiteID(typed)
      if id == nil { reader.refuse("site_id", .invalid) }
      site = .some(id)
    }
    isPrimary = reader.optionalBool("primary")
    try reader.finish()
  }
}
