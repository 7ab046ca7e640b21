import Bucket
import Database
import HTTP
import Jobs
import Services

extension CustomerModule {
  /// The kind of the jobs that bring one host's record to what the database says.
  static let hostJob = "customer.settle_host"

  /// After so many days HTTPS is taken to last, and browsers are told to keep to it.
  private static let stableDays = 7

  /// The host that a site is known under, as an expression over `customer.sites s`: its primary domain once that is
  /// served, else its own below the sites' host.
  var canonicalHost: SQL {
    """
    coalesce(
      (SELECT d.host FROM customer.domains d WHERE d.id = s.primary_domain_id AND d.site_id = s.id AND \(isLive)),
      s.slug || \(".\(settings.sitesHost)")::text)
    """
  }

  /// Scheme and host under which a site is reached now, without a slash at its end.
  func origin(of site: SiteID, _ transaction: Transaction) throws -> String {
    let rows = try transaction.query("SELECT \(canonicalHost) AS host FROM customer.sites s WHERE s.id = \(site.uuid)")
    guard let row = rows.first else { throw Problem(.notFound) }
    return settings.origin(host: try row.string("host"))
  }

  /// The domains that lead or led to a site, in the order in which their records are written.
  func domainHosts(of site: SiteID, _ transaction: Transaction) throws -> [String] {
    try transaction.query("SELECT DISTINCT host FROM customer.domains WHERE last_site_id = \(site.uuid) ORDER BY host")
      .map { try $0.string("host") }
  }

  /// Makes sure that a host's record follows even if this process ends right after its commit.
  func enqueueSettling(of host: String, _ transaction: Transaction) throws {
    try jobs.enqueue(
      NewJob(
        kind: Self.hostJob, payload: JSON.object([.init("host", .string(host))]).bytes,
        runAt: Timestamp.now.adding(seconds: 5)),
      in: transaction)
  }

  /// Runs such a job.
  func settleHost(_ payload: [UInt8]) throws {
    guard let host = try JSONParser.parse(payload)["host"]?.stringValue else { throw Problem(.internalError) }
    try database.transaction { try settle(host, $0) }
  }

  /// The same at once, after a change that is committed already: if that fails, the job follows.
  func settleNow(_ host: String) {
    try? database.transaction { try settle(host, $0) }
  }

  /// Brings a host's record to what the database says.
  ///
  /// The lock makes one process at a time do so; the state is read by a statement of its own, which sees what was
  /// committed while this one waited. A host is one customer's at a time, whatever others claim.
  func settle(_ host: String, _ transaction: Transaction) throws {
    _ = try transaction.query("SELECT pg_advisory_xact_lock(hashtextextended('settle ' || \(host)::text, 0))")
    let rows = try transaction.query(
      """
      SELECT d.last_site_id, d.site_id IS NULL AS is_unattached, \(isLive) AS is_live,
        NOT d.paused_by_plan AND \(hasCertificate) AS may_answer,
        d.https_since < now() - \(Self.stableDays) * interval '1 day' AS is_stable,
        s.published_version IS NOT NULL AND NOT s.paused AS is_shown, \(canonicalHost) AS canonical
      FROM customer.domains d LEFT JOIN customer.sites s ON s.id = d.site_id
      WHERE d.host = \(host) AND d.state IN ('active', 'failing')
      """)
    let name = try hostName(host)
    if let row = rows.first, let record = try record(of: name, row) {
      try say(record, at: name)
    } else if try bucket.host(name) != nil {
      try bucket.removeHost(name)
    }
  }

  /// - Returns: nil when nothing may answer under the host.
  private func record(of host: HostName, _ row: Row) throws -> HostRecord? {
    guard let site = try row.optionalUUID("last_site_id").map({ try SiteID($0).onVolume() }) else { return nil }
    if try row.bool("is_unattached") {
      guard try row.bool("may_answer") else { return nil }
      return HostRecord(site: site, canonical: host, state: .gone)
    }
    guard try row.bool("is_live"), try row.optionalBool("is_shown") == true else { return nil }
    let canonical = try hostName(row.string("canonical"))
    return HostRecord(
      site: site, canonical: canonical, state: canonical == host ? .active : .moved,
      hsts: try row.optionalBool("is_stable") == true)
  }
}
