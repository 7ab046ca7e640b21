import DNS
import Database
import FoundationEssentials
import HTTP
import Jobs
import Locks
package import Services

extension CustomerModule {
  /// The kind of the jobs that ask the DNS about a domain.
  package static let domainCheckJob = "customer.check_domain"
  /// Asking by hand counts once within this time.
  private static let askedSeconds: Int64 = 5
  /// So long the DNS may take for one look in all: well within the lease of its job.
  private static let lookSeconds = 20

  static func checkKey(_ domain: DomainID) -> String { "\(domainCheckJob):\(domain.text)" }

  /// Has a domain looked at, at that moment instead of the one that was planned.
  func scheduleCheck(of domain: DomainID, at moment: Timestamp, _ transaction: Transaction) throws {
    _ = try jobs.withdraw(key: Self.checkKey(domain), in: transaction)
    try jobs.enqueue(
      NewJob(
        kind: Self.domainCheckJob, key: Self.checkKey(domain), keyUntilTaken: true,
        payload: JSON.object([.init("domain", .string(domain.text))]).bytes, priority: 2, runAt: moment),
      in: transaction)
  }

  package func checkDomain(_ domain: DomainID, _ change: Change) throws -> [UInt8] {
    var reader = try ObjectReader(change.body)
    try reader.finish()
    guard settings.domains != nil else { throw Problem(.domainsOff) }
    return try database.transaction { transaction in
      let row = try lock(domain, of: change.caller.customer, transaction)
      let times = try transaction.query(
        """
        UPDATE customer.domains SET
          asked_at = greatest(clock_timestamp(), asked_at + \(Self.askedSeconds) * interval '1 second'),
          next_check_at = greatest(clock_timestamp(), asked_at + \(Self.askedSeconds) * interval '1 second')
        WHERE id = \(domain.uuid) AND coalesce(asked_at <= clock_timestamp(), true)
        RETURNING next_check_at
        """)
      // A further wish while one is ahead is the same wish.
      if let moment = try times.first?.timestamp("next_check_at") {
        try scheduleCheck(of: domain, at: moment, transaction)
      }
      if row.state == .expired {
        try transaction.execute(
          """
          UPDATE customer.domains
          SET state = 'pending', attempts = 0, expires_at = now() + \(DomainPauses.pendingDays) * interval '1 day'
          WHERE id = \(domain.uuid)
          """)
      }
      return try document(domain, change.caller, transaction).bytes
    }
  }

  /// Has those looked at whose job was lost. Run by a periodic job.
  func checkOverdueDomains() throws {
    let rows = try database.query(
      """
      SELECT id FROM customer.domains
      WHERE next_check_at < now() - interval '5 minutes' AND state <> 'expired'
      ORDER BY next_check_at LIMIT 500
      """)
    for row in rows {
      let domain = DomainID(try row.uuid("id"))
      _ = try database.transaction { transaction in
        try jobs.enqueue(
          NewJob(
            kind: Self.domainCheckJob, key: Self.checkKey(domain), keyUntilTaken: true,
            payload: JSON.object([.init("domain", .string(domain.text))]).bytes, priority: 2),
          in: transaction)
      }
    }
  }

  /// Runs a job: asks the DNS, and then, in one short transaction, writes what follows.
  func checkDomain(_ payload: [UInt8], _ context: JobContext) throws {
    guard let domain = try JSONParser.parse(payload)["domain"]?.stringValue.flatMap({ DomainID($0) }) else {
      throw Problem(.internalError)
    }
    guard let ours = settings.domains else { return }
    let (rows, labels) = try database.transaction { transaction in
      let rows = try domainRows("WHERE d.id = \(domain.uuid)", transaction)
      let labels = try transaction.query(
        "SELECT DISTINCT label FROM customer.domains WHERE customer_id = \(rows.first?.customer.uuid)")
      return (rows, try labels.map { try $0.string("label") })
    }
    guard let row = rows.first, row.state != .expired else { return }
    let targets = Set(labels.map(target))
    let found = try checks.run(for: row.customer) {
      try noteLook(at: domain)
      let dns = dns.bounded(milliseconds: Self.lookSeconds * 1000)
      return DomainLook(dns: dns, ours: ours, sitesHost: settings.sitesHost, targets: targets).look(at: row)
    }
    guard let findings = found else {
      // Not all of many that wait for the same place come again at once.
      throw JobFailure.retry(reason: "others are being looked at", afterSeconds: .random(in: 2...8))
    }
    try context.extendLease()
    let sites = try database.transaction { try conclude(row, findings, $0) }
    for site in sites { activateNow(site) }
    // Whatever has come of it by itself meanwhile, as HTTPS that has lasted.
    if row.state.isOwned { settleNow(row.host) }
  }

  /// A wish that comes while the look runs is the same wish; a look that is lost keeps nobody from wishing for long.
  private func noteLook(at domain: DomainID) throws {
    try database.execute(
      """
      UPDATE customer.domains SET asked_at = clock_timestamp() + \(Self.lookSeconds + 10) * interval '1 second'
      WHERE id = \(domain.uuid)
      """)
  }

  /// Writes what follows from a look.
  ///
  /// - Returns: the sites whose hosts are concerned; their activation is enqueued.
  private func conclude(
    _ before: DomainRow, _ findings: DomainFindings, _ transaction: Transaction
  ) throws -> Set<SiteID> {
    // Who claims the same host at this moment is waited for; what they have got is seen by the statements after this.
    _ = try transaction.query("SELECT pg_advisory_xact_lock(hashtextextended('claim ' || \(before.host)::text, 0))")
    let rows = try domainRows("WHERE d.id = \(before.id.uuid) FOR UPDATE OF d", transaction)
    guard let row = rows.first, row.state != .expired else { return [] }
    let others = row.state.isOwned ? HostClaims() : try claims(on: row, transaction)
    let now = Instant.now
    let times = try transaction.query("SELECT negative_at FROM customer.domains WHERE id = \(row.id.uuid)")
    let decision = DomainDecision(
      row, findings, others.standing(findings.tokens),
      lastNegative: try times.first?.optionalTimestamp("negative_at").map { Instant($0) }, at: now)
    try write(decision, findings.seen, of: row, at: now, transaction)
    var sites: Set<SiteID> = []
    if decision.event == .verified {
      for rival in others.served { sites.formUnion(try take(rival, at: now, transaction)) }
    }
    sites.formUnion(try follow(decision, row, at: now, transaction))
    for site in sites { try enqueueActivation(of: site, transaction) }
    return sites
  }

  private func write(
    _ decision: DomainDecision, _ seen: DomainSeen, of row: DomainRow, at now: Instant, _ transaction: Transaction
  ) throws {
    let next = Timestamp(now.adding(seconds: decision.pause))
    // Rivals give way first: the index admits one of them at a time, at each statement.
    if decision.event != .verified {
      try update(decision, seen, of: row, at: now, next, transaction)
    } else {
      try transaction.execute(
        """
        UPDATE customer.domains SET state = 'paused', failing_since = NULL, negatives = 0
        WHERE host = \(row.host) AND id <> \(row.id.uuid) AND state IN ('active', 'failing')
        """)
      try update(decision, seen, of: row, at: now, next, transaction)
    }
    if decision.state != .expired { try scheduleCheck(of: row.id, at: next, transaction) }
  }

  private func update(
    _ decision: DomainDecision, _ seen: DomainSeen, of row: DomainRow, at now: Instant, _ next: Timestamp,
    _ transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE customer.domains SET
        state = \(decision.state.rawValue), attempts = \(decision.attempts)::int,
        negatives = \(decision.negatives)::int, failing_since = \(decision.failingSince.map { Timestamp($0) }),
        conflict = \(decision.conflict), seen = \(.json(seen.json.bytes)), checked_at = \(Timestamp(now)),
        next_check_at = \(next), asked_at = least(asked_at, clock_timestamp()),
        negative_at = CASE WHEN \(decision.isNegative) THEN \(Timestamp(now)) ELSE negative_at END,
        verified_at = CASE WHEN \(decision.event == .verified) THEN \(Timestamp(now)) ELSE verified_at END,
        expires_at = CASE WHEN \(decision.state == .pending) THEN expires_at END
      WHERE id = \(row.id.uuid)
      """)
  }

  /// What a change of state brings with it.
  ///
  /// - Returns: the site, when its hosts are concerned.
  private func follow(
    _ decision: DomainDecision, _ row: DomainRow, at now: Instant, _ transaction: Transaction
  ) throws -> [SiteID] {
    switch decision.event {
    case nil, .recovered: return []
    case .verified:
      try requestCertificate(for: row.id, transaction)
      try note(.domainVerified, of: row.customer, subject: row.host, in: transaction)
      // One of two that were made together is enough to tell of.
      if row.wwwOf == nil { try mailVerified(row, transaction) }
    case .failing:
      try note(.domainFailing, of: row.customer, subject: row.host, in: transaction)
      try mailBroken(row, since: now, transaction)
      return []
    case .paused:
      try releaseCertificate(of: row.id, host: row.host, revoke: false, transaction)
      try note(.domainPaused, of: row.customer, subject: row.host, in: transaction)
      try mailBroken(row, since: now, transaction)
    }
    return row.lastSite.map { [$0] } ?? []
  }
}
