import ACME
import Database
import HTTP
import Jobs
import Services

extension CustomerModule {
  /// Whether a domain may be served, as an expression over `customer.domains d`: without certificates at once.
  var hasCertificate: SQL {
    settings.certificates == nil
      ? "true"
      : "EXISTS (SELECT 1 FROM customer.certificates c WHERE c.domain_id = d.id AND c.not_after > now())"
  }

  /// Has a certificate fetched for a domain that has just become the customer's, or come back to being so.
  func requestCertificate(for domain: DomainID, _ transaction: Transaction) throws {
    guard settings.certificates != nil else { return }
    try transaction.execute(
      """
      INSERT INTO customer.certificates (domain_id) VALUES (\(domain.uuid))
      ON CONFLICT (domain_id) DO UPDATE SET next_try_at = least(certificates.next_try_at, now())
      WHERE certificates.not_after IS NULL
      """)
    try enqueueCertificateWork(transaction)
  }

  /// Has a domain's certificate taken away: handshakes for it are refused as soon as this is committed. Without
  /// `revoke` it is kept aside, for when the host comes back soon.
  ///
  /// What is a host's file is no business of rows that had no certificate: several customers may claim a host. And who
  /// has got the host from this one goes on with the file until it has its own.
  func releaseCertificate(of domain: DomainID, host: String, revoke: Bool, _ transaction: Transaction) throws {
    guard let certificates = settings.certificates else { return }
    let count = try transaction.execute("DELETE FROM customer.certificates WHERE domain_id = \(domain.uuid)")
    guard count == 1 else { return }
    try transaction.execute("UPDATE customer.domains SET https_since = NULL WHERE id = \(domain.uuid)")
    guard try !isServed(host, besides: domain, transaction) else { return }
    try transaction.execute(
      """
      INSERT INTO customer.released_certificates (host, revoke) VALUES (\(host), \(revoke))
      ON CONFLICT (host) DO UPDATE
      SET revoke = released_certificates.revoke OR excluded.revoke, next_try_at = excluded.next_try_at
      """)
    try enqueueCertificateWork(transaction)
    // The job does it again, should this process end here.
    transaction.afterCommit { try? certificates.folder.remove(host) }
  }

  /// Whether a host is somebody's, apart from that domain.
  func isServed(_ host: String, besides domain: DomainID? = nil, _ transaction: Transaction) throws -> Bool {
    try !transaction.query(
      """
      SELECT 1 FROM customer.domains
      WHERE host = \(host) AND state IN ('active', 'failing') AND id IS DISTINCT FROM \(domain?.uuid)
      """
    ).isEmpty
  }

  /// The certificates of some domains.
  func certificateStates(of domains: [DomainID], _ transaction: Transaction) throws -> [DomainID: CertificateState] {
    guard settings.certificates != nil else {
      return Dictionary(domains.map { ($0, CertificateState(.off)) }) { first, _ in first }
    }
    let rows = try transaction.query(
      """
      SELECT domain_id, state, issuer, serial, not_before, not_after, renew_at, next_try_at, problem, problem_detail
      FROM customer.certificates WHERE domain_id = ANY(\(domains.map(\.text))::uuid[])
      """)
    var states: [DomainID: CertificateState] = [:]
    for row in rows {
      var state = CertificateState(.init(rawValue: try row.string("state")) ?? .waiting)
      state.issuer = try row.optionalString("issuer")
      state.serial = try row.optionalString("serial")
      state.notBefore = try row.optionalTimestamp("not_before").map { Instant($0) }
      state.notAfter = try row.optionalTimestamp("not_after").map { Instant($0) }
      state.renewsAt = try row.optionalTimestamp("renew_at").map { Instant($0) }
      state.nextTryAt = Instant(try row.timestamp("next_try_at"))
      state.problem = try row.optionalString("problem").map { code in
        (code: code, detail: try row.optionalString("problem_detail") ?? "")
      }
      states[DomainID(try row.uuid("domain_id"))] = state
    }
    return states
  }

  /// Has somebody look soon; the periodic job does so at the latest.
  func enqueueCertificateWork(_ transaction: Transaction) throws {
    try jobs.enqueue(
      NewJob(kind: Self.certificateJob, key: Self.certificateJob, keyUntilTaken: true), in: transaction)
  }
}
