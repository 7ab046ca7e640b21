import Bucket
import Database
import HTTP
import Jobs
import Services

extension CustomerModule {
  /// The kind of the jobs that bring the volume to what the database says.
  package static let activationJob = "customer.activate"

  /// Makes sure that the volume follows even if this process ends right after its commit. The job comes a little
  /// later than the process itself, and finds nothing to do then.
  func enqueueActivation(of site: SiteID, _ transaction: Transaction) throws {
    try jobs.enqueue(
      NewJob(
        kind: Self.activationJob, payload: JSON.object([.init("site", .string(site.text))]).bytes,
        runAt: Timestamp.now.adding(seconds: 5)),
      in: transaction)
  }

  /// Runs an activation job.
  package func activate(_ payload: [UInt8]) throws {
    guard let site = try JSONParser.parse(payload)["site"]?.stringValue.flatMap({ SiteID($0) }) else {
      throw Problem(.internalError)
    }
    try activate(site)
  }

  /// Brings the volume up to date at once, after a change that is committed already: if that fails, the job follows,
  /// and the change has been made all the same.
  func activateNow(_ site: SiteID) {
    try? activate(site)
  }

  /// Brings the site's pointer and hosts to what the database says; does nothing where they say it already.
  ///
  /// The lock on the site's row makes one process at a time do so; the state is read by a statement of its own, which
  /// sees what was committed while this one waited for the lock.
  func activate(_ site: SiteID) throws {
    let previews = try database.transaction { transaction in
      _ = try transaction.query("SELECT 1 FROM customer.sites WHERE id = \(site.uuid) FOR NO KEY UPDATE")
      let rows = try transaction.query(
        """
        SELECT s.slug, s.paused, \(canonicalHost) AS canonical, v.deploy, v.origin, v.source IS NOT NULL AS has_source
        FROM customer.sites s
        LEFT JOIN customer.versions v ON v.site_id = s.id AND v.number = s.published_version
        WHERE s.id = \(site.uuid)
        """)
      let name = try site.onVolume()
      let row = rows.first
      if let deploy = try row?.optionalString("deploy") {
        let version = try DeployName(stored: deploy).onVolume()
        if try bucket.activeVersion(name) != version { try bucket.activate(name, version) }
      }
      let slug = try row?.string("slug")
      let canonical = try row.map { try hostName($0.string("canonical")) }
      let isShown = try row?.optionalString("deploy") != nil && row?.bool("paused") == false
      if let slug, let canonical, isShown {
        let own = try host(slug)
        let state: HostRecord.State = own == canonical ? .active : .moved
        try say(HostRecord(site: name, canonical: canonical, state: state, hsts: hasSitesTLS), at: own)
      } else if let slug, try bucket.host(host(slug)) != nil {
        // Paused, or another site's name before: nothing may answer under it while nothing of this site is shown.
        try bucket.removeHost(host(slug))
      }
      for retired in try retiredSlugs(of: site, transaction) {
        let state: HostRecord.State = slug == nil ? .gone : .moved
        let target = try canonical ?? host(retired)
        try say(HostRecord(site: name, canonical: target, state: state, hsts: hasSitesTLS), at: host(retired))
      }
      for domain in try domainHosts(of: site, transaction) { try settle(domain, transaction) }
      if let row { try refreshIfRenamed(site, row, transaction) }
      guard row == nil else { return [String]() }
      try bucket.removeSite(name)
      return try forgetPreviews(of: site, beyond: 0, transaction)
    }
    for preview in previews { try removePreview(preview) }
  }

  private func retiredSlugs(of site: SiteID, _ transaction: Transaction) throws -> [String] {
    // Locked: whoever takes one of these slugs deletes its row first, and so waits until this is written.
    try transaction.query(
      "SELECT slug FROM customer.retired_hosts WHERE site_id = \(site.uuid) ORDER BY slug FOR UPDATE"
    ).map { try $0.string("slug") }
  }

  /// Files that name another host than the one that the site is known under now are made anew.
  private func refreshIfRenamed(_ site: SiteID, _ row: Row, _ transaction: Transaction) throws {
    guard try row.optionalString("deploy") != nil, try row.bool("has_source") else { return }
    let now = settings.origin(host: try row.string("canonical"))
    // Before it was kept, there was the slug's host alone.
    let before = try row.optionalString("origin") ?? settings.origin(host: settings.host(slug: row.string("slug")))
    if before != now { try scheduleRefresh(of: site, at: .now, transaction) }
  }

  func say(_ record: HostRecord, at host: HostName) throws {
    if try bucket.host(host) != record { try bucket.writeHost(host, record) }
  }

  /// Whether the sites' own host is reached by HTTPS: one certificate of the operator's is there for all of them.
  private var hasSitesTLS: Bool { settings.sitesScheme == "https" }

  func host(_ slug: String) throws -> HostName { try hostName(settings.host(slug: slug)) }

  /// A host that was checked when it was stored.
  func hostName(_ host: String) throws -> HostName {
    guard let name = HostName(host) else { throw Problem(.internalError) }
    return name
  }
}
