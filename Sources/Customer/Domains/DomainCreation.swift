import Database
import FoundationEssentials
import HTTP
package import Services

extension CustomerModule {
  /// The hosts of this installation, which are nobody's domains.
  var ownHosts: [String] {
    [settings.sitesHost] + (WebLink(settings.dashboard)?.host.map { [$0] } ?? [])
  }

  /// Of a customer's, each `www` counted too.
  private static let hostsADay = 100

  package func createDomain(_ change: Change) throws -> Resource {
    let input = try DomainInput(change.body, own: ownHosts)
    guard settings.domains != nil else { throw Problem(.domainsOff) }
    let customer = change.caller.customer
    return try tellingTakenHosts {
      try write(change) { transaction in
        // As for sites: the customer's row is the lock for the number of domains.
        try lockSites(of: customer, transaction)
        try requireSiteInBody(input.site, of: customer, transaction)
        try admit(
          "SELECT count(*) FROM customer.domains WHERE customer_id = \(customer.uuid) AND www_of IS NULL",
          below: \.domains, "domains", change.caller, transaction)
        try boundCreation(of: customer, transaction)
        let id = try insert(input.host, wwwOf: nil, input.site, customer, transaction)
        if let www = input.www { _ = try insert(www, wwwOf: id, input.site, customer, transaction) }
        // The first one is what the site wants to be known under, as soon as it can be.
        try transaction.execute(
          """
          UPDATE customer.sites SET primary_domain_id = \(id.uuid)
          WHERE id = \(input.site.uuid) AND primary_domain_id IS NULL
          """)
        try note(.domainAdded, by: change.caller, subject: input.host.name, in: transaction)
        return Resource(json: try document(id, change.caller, transaction).bytes, version: 0)
      }
    }
  }

  /// Each new host costs questions, and perhaps a certificate, also when it is removed at once.
  private func boundCreation(of customer: CustomerID, _ transaction: Transaction) throws {
    let rows = try transaction.query(
      """
      SELECT
        (SELECT count(*) FROM customer.domains
         WHERE customer_id = \(customer.uuid) AND created_at > now() - interval '1 day')
        + (SELECT count(DISTINCT token_digest) FROM customer.released_domains
           WHERE customer_id = \(customer.uuid) AND released_at > now() - interval '1 day') AS hosts
      """)
    guard try rows[0].int("hosts") < Self.hostsADay else { throw Problem(.rateLimited, retryAfterSeconds: 3600) }
  }

  /// - Throws: ``Problem`` of 422 when the site is not the customer's.
  func requireSiteInBody(_ site: SiteID, of customer: CustomerID, _ transaction: Transaction) throws {
    let found = try transaction.query(
      "SELECT 1 FROM customer.sites WHERE id = \(site.uuid) AND customer_id = \(customer.uuid)")
    if found.isEmpty { throw Problem(invalid: [FieldError("/site_id", .invalid)]) }
  }

  private func insert(
    _ host: DomainHost, wwwOf: DomainID?, _ site: SiteID, _ customer: CustomerID, _ transaction: Transaction
  ) throws -> DomainID {
    let id = DomainID.new()
    let first = Timestamp(Instant.now.adding(seconds: DomainPauses.first))
    // One target for all domains of a customer, as long as there is one of them.
    try transaction.execute(
      """
      INSERT INTO customer.domains
        (id, customer_id, site_id, last_site_id, host, registrable, www_of, token, label, conflict, next_check_at,
          expires_at)
      VALUES (
        \(id.uuid), \(customer.uuid), \(site.uuid), \(site.uuid), \(host.name), \(host.registrable), \(wwwOf?.uuid),
        \(DomainSecret.token()),
        coalesce(
          (SELECT label FROM customer.domains WHERE customer_id = \(customer.uuid) ORDER BY id LIMIT 1),
          \(DomainSecret.label())),
        EXISTS (
          SELECT 1 FROM customer.domains o
          WHERE o.host = \(host.name) AND o.customer_id <> \(customer.uuid) AND o.state IN ('active', 'failing')),
        \(first), now() + \(DomainPauses.pendingDays) * interval '1 day')
      """)
    try scheduleCheck(of: id, at: first, transaction)
    return id
  }

  private func tellingTakenHosts<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch DatabaseError.uniqueViolation("domains_host_taken") {
      throw Problem(invalid: [FieldError("/host", .taken)])
    }
  }
}

/// What is needed for a new domain.
private struct DomainInput {
  let host: DomainHost
  /// Nil: only the host itself.
  let www: DomainHost?
  let site: SiteID

  init(_ body: JSON, own: [String]) throws {
    var reader = try ObjectReader(body)
    let host = reader.domainHost(own: own)
    let typed = reader.string("site_id", minimum: 1, maximum: 100)
    let site = SiteID(typed)
    if site == nil, !typed.isEmpty { reader.refuse("site_id", .invalid) }
    let wantsWWW = reader.optionalBool("www")
    if wantsWWW == true, let host, host.www == nil { reader.refuse("www", .notAllowed) }
    try reader.finish()
    guard let host, let site else { throw Problem(invalid: [FieldError("/site_id", .required)]) }
    self.host = host
    self.site = site
    www = wantsWWW == false ? nil : host.www
  }
}

extension ObjectReader {
  /// The member `host`; notes why it is refused.
  mutating func domainHost(own: [String]) -> DomainHost? {
    let typed = string("host", minimum: 1, maximum: 1000)
    guard !typed.allSatisfy(\.isWhitespace), !errors.contains(where: { $0.pointer == pointer(to: "host") }) else {
      return nil
    }
    do throws(DomainRefusal) {
      return try DomainHost(typed, own: own)
    } catch {
      refuse("host", error.code)
      return nil
    }
  }
}
