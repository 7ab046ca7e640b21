import Crypto
import Database
import FoundationEssentials
import HTTP
import Jobs
package import Services

extension CustomerModule {
  /// How long a domain that was given up is nobody else's while the old proof stands.
  static let quarantineHours = 72

  package func deleteDomain(_ domain: DomainID, _ change: Change) throws {
    var reader = try ObjectReader(change.body)
    try reader.finish()
    let customer = change.caller.customer
    let (hosts, sites) = try database.transaction { transaction -> ([String], Set<SiteID>) in
      try lockSites(of: customer, transaction)
      let row = try lock(domain, of: customer, transaction)
      let hosts = try releaseDomains("d.id = \(domain.uuid) OR d.www_of = \(domain.uuid)", transaction)
      try note(.domainRemoved, by: change.caller, subject: row.host, in: transaction)
      // What was paused for want of room may have it now.
      let limits = try billing.entitlements(of: customer, in: transaction).limits
      let sites = Set(try fitDomains(of: customer, limits, transaction) + (row.lastSite.map { [$0] } ?? []))
      for site in sites { try enqueueActivation(of: site, transaction) }
      return (hosts, sites)
    }
    for host in hosts { settleNow(host) }
    for site in sites { activateNow(site) }
  }

  /// Removes domains with their certificates, and remembers that they were there. The same host gets another token when
  /// it comes back: an old record proves nothing.
  ///
  /// - Parameter condition: over `customer.domains d`, all of whom are one customer's, whose row is locked.
  /// - Returns: the hosts, whose records are to follow; the jobs for that are enqueued.
  func releaseDomains(_ condition: SQL, _ transaction: Transaction) throws -> [String] {
    // Those made with others first, as they go with them.
    let rows = try domainRows("WHERE \(condition) ORDER BY d.www_of IS NULL, d.host FOR UPDATE OF d", transaction)
    for row in rows {
      for (_, token) in row.proofs {
        try transaction.execute(
          """
          INSERT INTO customer.released_domains (host, customer_id, token_digest)
          VALUES (\(row.host), \(row.customer.uuid), \(Self.digest(token)))
          ON CONFLICT (host, customer_id, token_digest) DO UPDATE SET released_at = excluded.released_at
          """)
      }
      try releaseCertificate(of: row.id, host: row.host, revoke: true, transaction)
      try enqueueSettling(of: row.host, transaction)
      _ = try jobs.withdraw(key: Self.checkKey(row.id), in: transaction)
      try transaction.execute("DELETE FROM customer.domains WHERE id = \(row.id.uuid)")
    }
    return rows.map(\.host)
  }

  /// SHA-256 in hexadecimal.
  static func digest(_ token: String) -> String {
    SHA256.hash(data: Array(token.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Forgets what was given up long ago; run each day.
  func sweepReleasedDomains() throws {
    try database.execute(
      "DELETE FROM customer.released_domains WHERE released_at < now() - \(Self.quarantineHours) * interval '1 hour'")
  }
}
