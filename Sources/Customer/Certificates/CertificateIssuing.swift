import ACME
import Database
import HTTP
import Jobs
import Locks
import Services

/// A domain whose certificate is to be fetched or renewed now.
struct DueCertificate {
  let domain: DomainID
  let host: String
  let registrable: String
  let customer: CustomerID
  /// Of the certificate that it has.
  let serial: String?

  init(_ row: Row) throws {
    domain = DomainID(try row.uuid("domain_id"))
    host = try row.string("host")
    registrable = try row.string("registrable")
    customer = CustomerID(try row.uuid("customer_id"))
    serial = try row.optionalString("serial")
  }
}

extension CustomerModule {
  /// The kind of the jobs that work on all certificates that are due.
  static let certificateJob = "customer.certificates"
  /// How far ahead a row is moved by who works on it.
  private static let claimSeconds = 60

  /// Works on certificates that are due, one after the other; a few processes and threads may do so at once.
  ///
  /// A process that is killed at any step leaves what it has claimed to fall due by itself. What the authority had
  /// issued to it lies in the client's folder, and is put in place then, without another order.
  func fetchCertificates(_ context: JobContext) throws {
    guard let certificates = settings.certificates else { return }
    // Also while all lanes are busy.
    try releaseCertificates(certificates)
    _ = try certificates.lanes.run {
      while !context.isStopping, let due = try claimCertificate() {
        try context.extendLease()
        try releaseCertificates(certificates)
        do {
          try fetch(due, certificates) { [self] in
            (try? context.extendLease()) != nil && !context.isStopping && (try? extendClaim(due)) == true
          }
        } catch let failure as ACMEFileError {
          // The others are not to wait for it.
          try fail(due, .client, failure.description)
        }
      }
    }
  }

  private func claimCertificate() throws -> DueCertificate? {
    try database.query(
      """
      UPDATE customer.certificates c SET next_try_at = now() + \(Self.claimSeconds) * interval '1 second'
      FROM (
        SELECT c.domain_id, d.host, d.registrable, d.customer_id
        FROM customer.certificates c JOIN customer.domains d ON d.id = c.domain_id
        WHERE c.next_try_at <= now() AND d.state IN ('active', 'failing') AND NOT d.paused_by_plan
          -- What was released is taken away first, which another process may be about to do.
          AND NOT EXISTS (SELECT 1 FROM customer.released_certificates r WHERE r.host = d.host)
        ORDER BY c.next_try_at LIMIT 1
        FOR UPDATE OF c SKIP LOCKED
      ) d
      WHERE c.domain_id = d.domain_id
      RETURNING c.domain_id, d.host, d.registrable, d.customer_id, c.serial
      """
    ).first.map { try DueCertificate($0) }
  }

  /// - Returns: false when the domain is gone meanwhile.
  private func extendClaim(_ due: DueCertificate) throws -> Bool {
    try database.execute(
      """
      UPDATE customer.certificates SET next_try_at = now() + \(Self.claimSeconds) * interval '1 second'
      WHERE domain_id = \(due.domain.uuid)
      """) == 1
  }

  private func fetch(
    _ due: DueCertificate, _ certificates: CertificateSettings, heartbeat: @escaping () -> Bool
  ) throws {
    // What was issued before a crash, is kept from before a pause, or was lost from the folder needs no order.
    if let kept = certificates.client.staged(due.host, until: Instant.now.seconds),
      kept.facts.serial != due.serial || certificates.folder.facts(due.host) == nil,
      Instant.now.seconds < kept.facts.renewsAtLatest
    {
      return try install(kept, due, certificates)
    }
    if let (until, problem) = try accountPause() {
      return try note(problem, "", of: due, nextTry: until.adding(seconds: Int64.random(in: 0...30)))
    }
    guard let permission = permission(for: due, heartbeat: heartbeat) else { return try yield(due) }
    switch permission {
    case .given: break
    case .refused(let problem, let detail): return try fail(due, problem, detail)
    }
    let order: Int
    switch try takeOrder(due) {
    case .taken(let id): order = id
    case .notBefore(let moment): return try note(.budget, "", of: due, nextTry: moment)
    }
    do {
      try install(certificates.client.issue(due.host, heartbeat: heartbeat), due, certificates)
    } catch let failure as ACMEFailure {
      // We are about to end, or have lost the domain: nothing was found out.
      guard heartbeat() else { return try yield(due) }
      if failure.isFailedAuthorisation { try noteFailedOrder(order) }
      try fail(due, failure)
    }
  }

  /// Has another process go on at once.
  private func yield(_ due: DueCertificate) throws {
    try database.execute("UPDATE customer.certificates SET next_try_at = now() WHERE domain_id = \(due.domain.uuid)")
  }

  /// Puts a certificate in place and says so; the host is served from then on.
  ///
  /// The rows are locked meanwhile, so a removal comes either before, and nothing is put in place, or after, and takes
  /// it away again.
  private func install(
    _ material: KeyAndCertificate, _ due: DueCertificate, _ certificates: CertificateSettings
  ) throws {
    let facts = material.facts
    let jitter = Int64.random(in: 0...max(0, facts.lifetime / 30))
    let isInstalled = try database.transaction { transaction in
      guard try lockCertificate(of: due.domain, transaction) else { return false }
      try certificates.folder.put(due.host, material)
      try transaction.execute(
        """
        UPDATE customer.certificates
        SET state = 'issued', issuer = \(facts.issuer), serial = \(facts.serial),
          not_before = to_timestamp(\(facts.notBefore)), not_after = to_timestamp(\(facts.notAfter)),
          renew_at = to_timestamp(\(facts.renewsAtLatest - jitter)),
          next_try_at = to_timestamp(\(facts.renewsAtLatest - jitter)),
          attempts = 0, problem = NULL, problem_detail = NULL, failing_since = NULL, told_at = NULL
        WHERE domain_id = \(due.domain.uuid)
        """)
      try transaction.execute(
        "UPDATE customer.domains SET https_since = coalesce(https_since, now()) WHERE id = \(due.domain.uuid)")
      try transaction.execute(
        "UPDATE customer.acme_account SET paused_until = NULL, attempts = 0, problem = NULL WHERE attempts > 0")
      try enqueueSettling(of: due.host, transaction)
      return true
    }
    // Removed meanwhile; the sweep takes what is left.
    guard isInstalled else { return certificates.client.setAside(due.host) }
    try showDomain(due.domain, due.host)
  }

  /// In the order of those who remove domains, the domain first.
  ///
  /// - Returns: false when there is none any more.
  func lockCertificate(of domain: DomainID, _ transaction: Transaction) throws -> Bool {
    _ = try transaction.query("SELECT 1 FROM customer.domains WHERE id = \(domain.uuid) FOR NO KEY UPDATE")
    return try !transaction.query(
      "SELECT 1 FROM customer.certificates WHERE domain_id = \(domain.uuid) FOR UPDATE"
    ).isEmpty
  }

  /// Has the edge follow a domain whose certificate came or went: its own host, and those that lead to it.
  func showDomain(_ domain: DomainID, _ host: String) throws {
    settleNow(host)
    let rows = try database.query(
      "SELECT site_id FROM customer.domains WHERE id = \(domain.uuid) AND site_id IS NOT NULL")
    for row in rows { activateNow(SiteID(try row.uuid("site_id"))) }
  }
}

extension CertificateFacts {
  /// When a third of its life is left, in seconds since 1970.
  var renewsAtLatest: Int64 { notAfter - lifetime / 3 }
}
