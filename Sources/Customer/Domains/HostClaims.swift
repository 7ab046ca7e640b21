import Database
import FoundationEssentials
import HTTP
import Services

/// What other customers have to do with a host.
struct HostClaims {
  /// Those that are served under it; by the index at most one.
  var served: [DomainRow] = []
  /// Digests of the tokens of those who gave it up lately.
  var released: Set<String> = []

  /// Whether one of them still has the proof.
  ///
  /// - Parameter tokens: all that stand in the DNS for the host; nil: that could not be found out.
  func standing(_ tokens: Set<String>?) -> DomainDecision.Rivals {
    if served.isEmpty, released.isEmpty { return .none }
    guard let tokens else { return .unknown }
    if served.contains(where: { $0.proofs.contains { tokens.contains($0.token) } }) { return .proved }
    return tokens.contains(where: { released.contains(CustomerModule.digest($0)) }) ? .proved : .gone
  }
}

extension CustomerModule {
  /// What others have to do with a domain's host; those that are served are locked.
  func claims(on row: DomainRow, _ transaction: Transaction) throws -> HostClaims {
    let served = try domainRows(
      """
      WHERE d.host = \(row.host) AND d.customer_id <> \(row.customer.uuid) AND d.state IN ('active', 'failing')
      FOR UPDATE OF d
      """, transaction)
    let released = try transaction.query(
      """
      SELECT token_digest FROM customer.released_domains
      WHERE host = \(row.host) AND customer_id <> \(row.customer.uuid)
        AND released_at > now() - \(Self.quarantineHours) * interval '1 hour'
      """)
    return HostClaims(served: served, released: Set(try released.map { try $0.string("token_digest") }))
  }

  /// Another customer has proved a host that was this one's, whose proof is gone.
  ///
  /// - Returns: the site that is not to be found there any more.
  func take(_ rival: DomainRow, at now: Instant, _ transaction: Transaction) throws -> [SiteID] {
    try releaseCertificate(of: rival.id, host: rival.host, revoke: true, transaction)
    try note(.domainLost, of: rival.customer, subject: rival.host, in: transaction)
    try mailBroken(rival, since: now, transaction)
    return rival.lastSite.map { [$0] } ?? []
  }
}
