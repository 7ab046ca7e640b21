import Bucket
import Database
import HTTP
import Jobs
import Services

extension CustomerModule {
  /// Runs a schedule job: does what is due, in the order of its times, and enqueues the next.
  ///
  /// What is allowed and complete is decided now, not when it was planned. A refusal ends the plan and is told; what
  /// is only out of reach is tried again, by the job.
  func runSchedule(_ job: Job) throws {
    guard let site = try JSONParser.parse(job.payload)["site"]?.stringValue.flatMap({ SiteID($0) }) else {
      throw Problem(.internalError)
    }
    let isLastTry = job.attempt >= job.maxAttempts
    do {
      try database.transaction { try carryOutSchedule(of: site, $0) }
    } catch let problem as Problem where problem.code != .internalError {
      try giveUpPublishing(of: site, problem.code)
    } catch let error as any ProblemConvertible where isLastTry {
      try giveUpPublishing(of: site, error.problem?.code ?? .unavailable)
    }
    try activate(site)
  }

  private func carryOutSchedule(of site: SiteID, _ transaction: Transaction) throws {
    let rows = try transaction.query(
      """
      SELECT customer_id, publish_at, publish_note, publish_by, unpublish_at FROM customer.sites
      WHERE id = \(site.uuid) FOR UPDATE
      """)
    guard let row = rows.first else { return }
    let now = Timestamp.now
    let publishing = try row.optionalTimestamp("publish_at").flatMap { $0 <= now ? $0 : nil }
    let ending = try row.optionalTimestamp("unpublish_at").flatMap { $0 <= now ? $0 : nil }
    let endsFirst = publishing.flatMap { publishing in ending.map { $0 < publishing } } ?? false
    if ending != nil, endsFirst { try takeOffline(site, transaction) }
    if publishing != nil {
      let customer = CustomerID(try row.uuid("customer_id"))
      try refuseWithoutEntitlement(customer, transaction)
      try lockForPublishing(site, customer, transaction)
      _ = try publishDraft(
        of: site, customer, by: row.optionalUUID("publish_by").map { UserID($0) }, note: row.string("publish_note"),
        transaction)
    }
    if ending != nil, !endsFirst { try takeOffline(site, transaction) }
    _ = try transaction.execute(
      """
      UPDATE customer.sites SET
        publish_at = CASE WHEN \(publishing != nil) THEN NULL ELSE publish_at END,
        publish_note = CASE WHEN \(publishing != nil) THEN '' ELSE publish_note END,
        unpublish_at = CASE WHEN \(ending != nil) THEN NULL ELSE unpublish_at END
      WHERE id = \(site.uuid)
      """)
    try enqueueSchedule(of: site, transaction)
  }

  /// As Core's guard does for who publishes by hand.
  func refuseWithoutEntitlement(_ customer: CustomerID, _ transaction: Transaction) throws {
    let entitlements = try billing.entitlements(of: customer, in: transaction)
    let now = Instant.now
    guard !entitlements.allow(.publish, at: now) else { return }
    throw Problem(
      entitlements.at(now).status == .trialEnded ? .trialEnded : .subscriptionEnded,
      members: [
        .init("entitlement", .string(Entitlements.Product.publish.rawValue)),
        .init("plan", .string(billing.cheapestPlan)),
      ])
  }

  /// Ends the plan to publish, notes why, and tells whoever made it, or an owner.
  private func giveUpPublishing(of site: SiteID, _ code: ProblemCode) throws {
    try database.transaction { transaction in
      let rows = try transaction.query(
        """
        WITH planned AS (
          SELECT id, customer_id, title, publish_at, publish_by FROM customer.sites
          WHERE id = \(site.uuid) AND publish_at <= clock_timestamp() FOR UPDATE
        ), ended AS (
          UPDATE customer.sites s SET publish_at = NULL, publish_note = '', publish_by = NULL,
            schedule_failure = \(code.rawValue), schedule_failed_at = clock_timestamp()
          FROM planned p WHERE s.id = p.id
        )
        SELECT p.title, p.publish_at, u.email, u.language FROM planned p
        JOIN customer.memberships m ON m.customer_id = p.customer_id
        JOIN customer.users u ON u.id = m.user_id
        ORDER BY u.id IS NOT DISTINCT FROM p.publish_by DESC, m.role = 'owner' DESC, m.created_at LIMIT 1
        """)
      try enqueueSchedule(of: site, transaction)
      guard let row = rows.first, let address = EmailAddress(try row.string("email")) else { return }
      let language = Language(rawValue: try row.string("language")) ?? .english
      try mailer.enqueue(
        .publishingFailed(
          site: site, planned: Instant(row.timestamp("publish_at")), title: row.string("title"),
          reason: code.text(language).detail, dashboard: publishView(of: site)),
        to: address, language: language, in: transaction)
    }
  }

  /// Where the dashboard shows a site's versions.
  func publishView(of site: SiteID) -> String { "\(settings.dashboard)/sites/\(site.text)/publish" }
}
