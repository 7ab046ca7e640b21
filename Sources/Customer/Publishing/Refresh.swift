import Database
import HTTP
import Jobs
import Services

extension CustomerModule {
  /// The kind of the jobs that show a site's active version again.
  package static let refreshJob = "customer.refresh"

  /// Has the active version made again: at a moment when what it shows changes by itself, or as soon as possible.
  /// Of one site the newest order counts.
  ///
  /// - Parameter moment: nil takes back what was ordered for later.
  func scheduleRefresh(of site: SiteID, at moment: Instant?, _ transaction: Transaction) throws {
    let key = "\(Self.refreshJob):\(site.text)"
    _ = try jobs.withdraw(key: key, in: transaction)
    guard let moment else { return }
    try jobs.enqueue(
      NewJob(
        kind: Self.refreshJob, key: key, keyUntilTaken: true,
        payload: JSON.object([.init("site", .string(site.text))]).bytes,
        runAt: Timestamp(moment)),
      in: transaction)
  }

  /// Runs a refresh job.
  func refresh(_ payload: [UInt8]) throws {
    guard let site = try JSONParser.parse(payload)["site"]?.stringValue.flatMap({ SiteID($0) }) else {
      throw Problem(.internalError)
    }
    do {
      try refresh(site)
    } catch let problem as Problem where problem.code == .siteTooLarge {
      // It would not fit the next time either: the site stays as it was made last, and who publishes is told.
    }
  }

  /// Makes the active version again from its snapshot, as of now: under a new name on the volume, without a new number.
  func refresh(_ site: SiteID) throws {
    let isMade = try database.transaction { transaction in
      let rows = try transaction.query(
        "SELECT customer_id, published_version FROM customer.sites WHERE id = \(site.uuid) FOR UPDATE")
      guard let row = rows.first, let number = try row.optionalInt("published_version") else { return false }
      let customer = CustomerID(try row.uuid("customer_id"))
      return try remake(Int64(number), of: site, customer, transaction)
    }
    if isMade { try activate(site) }
  }

  /// Renders a version's snapshot as of now and stores it; the site's row is locked.
  ///
  /// - Returns: false when the version is from before snapshots were kept.
  func remake(
    _ number: Int64, of site: SiteID, _ customer: CustomerID, _ transaction: Transaction
  ) throws -> Bool {
    let rows = try transaction.query(
      """
      SELECT source, created_at, page_limit, link_limit FROM customer.versions
      WHERE site_id = \(site.uuid) AND number = \(number)
      """)
    guard let row = rows.first, let source = try row.optionalBytes("source") else { return false }
    let now = Instant.now
    var content = try content(source, of: site, customer, at: now, transaction)
    content.keep(pages: try row.optionalInt("page_limit"), links: try row.optionalInt("link_limit"))
    let deploy = DeployName()
    let rendered = SiteRenderer.render(content, at: Instant(try row.timestamp("created_at")))
    try store(rendered, at: site.onVolume(), deploy, at: now)
    _ = try transaction.execute(
      """
      UPDATE customer.versions SET deploy = \(deploy.text), origin = \(content.site.origin)
      WHERE site_id = \(site.uuid) AND number = \(number)
      """)
    try noteForms(source, of: site, transaction)
    try scheduleRefresh(of: site, at: content.nextChange, transaction)
    try orderCards(of: site, content, transaction)
    try enqueueActivation(of: site, transaction)
    return true
  }

  /// What a snapshot shows of a site now, under its present address and with what its plan asks for.
  func content(
    _ snapshot: [UInt8], of site: SiteID, _ customer: CustomerID, at now: Instant, _ transaction: Transaction
  ) throws -> SiteContent {
    let origin = try origin(of: site, transaction)
    let hasBadge = try billing.entitlements(of: customer, in: transaction).limits.badge
    let source = try JSONParser.parse(snapshot)
    var content = try SiteContent(
      snapshot: source, at: now, origin: origin,
      badge: hasBadge ? WebLink(settings.dashboard) : nil)
    content.shortLinks = try shortLinks(of: site, snapshot: source, transaction)
    content.processing.hasStatistics = settings.statistics != nil
    content.site.formsOrigin = settings.dashboard
    content.site.abuseContact = settings.abuseContact
    content.cards = try drawnCards(of: site, content, transaction)
    return content
  }
}
