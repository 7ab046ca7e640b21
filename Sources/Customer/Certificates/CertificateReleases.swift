import ACME
import Database
import HTTP
import Jobs
import Services

extension CustomerModule {
  /// The kind of the jobs that tell the authority of certificates that are not used any more.
  static let revocationJob = "customer.revoke_certificates"

  /// Takes away what was released, before anything new is done for the same host.
  func releaseCertificates(_ certificates: CertificateSettings) throws {
    while try releaseOne(certificates) {}
  }

  /// Runs such a job; failing, it is run again.
  func revokeCertificates(_ context: JobContext) throws {
    guard let certificates = settings.certificates else { return }
    try certificates.client.revokeSetAside { (try? context.extendLease()) != nil && !context.isStopping }
  }

  private func setAside(_ host: String, _ certificates: CertificateSettings, _ transaction: Transaction) throws {
    certificates.client.setAside(host)
    try jobs.enqueue(NewJob(kind: Self.revocationJob, key: Self.revocationJob, keyUntilTaken: true), in: transaction)
  }

  /// - Returns: whether there was one.
  private func releaseOne(_ certificates: CertificateSettings) throws -> Bool {
    try database.transaction { transaction in
      let rows = try transaction.query(
        """
        SELECT host, revoke FROM customer.released_certificates
        WHERE next_try_at <= now() ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED
        """)
      guard let row = rows.first else { return false }
      let host = try row.string("host")
      // Somebody may have it again already, with a certificate of the time after, or one that is under way.
      if try !isServed(host, transaction) {
        do throws(ACMEFileError) {
          try certificates.folder.remove(host)
        } catch {
          // The others are not to wait for it.
          try transaction.execute(
            """
            UPDATE customer.released_certificates
            SET next_try_at = now() + interval '5 minutes', problem = \(error.description) WHERE host = \(host)
            """)
          return true
        }
        if try row.bool("revoke") { try setAside(host, certificates, transaction) }
      }
      try transaction.execute("DELETE FROM customer.released_certificates WHERE host = \(host)")
      return true
    }
  }

  /// Makes the folder agree with what is known of certificates.
  func sweepCertificates(_ certificates: CertificateSettings) throws {
    guard certificates.folder.isUsable else { return }
    certificates.folder.removeLeftovers(before: Instant.now.seconds - 3600)
    try replaceMissing(certificates)
    try removeOrphans(certificates)
  }

  /// Has files that are gone, whatever took them, put there again.
  private func replaceMissing(_ certificates: CertificateSettings) throws {
    // Before the folder is looked at: a file is put there before its row says so.
    let rows = try database.query(
      """
      SELECT c.domain_id, d.host FROM customer.certificates c JOIN customer.domains d ON d.id = c.domain_id
      WHERE c.state = 'issued' AND c.not_after > now() AND d.state IN ('active', 'failing') AND NOT d.paused_by_plan
      """)
    let files = Set(certificates.folder.hosts())
    var missing: [String] = []
    for row in rows where try !files.contains(row.string("host")) {
      missing.append(DomainID(try row.uuid("domain_id")).text)
    }
    guard !missing.isEmpty else { return }
    try database.transaction { transaction in
      try transaction.execute(
        """
        UPDATE customer.certificates SET next_try_at = now()
        WHERE domain_id = ANY(\(missing)::uuid[]) AND state = 'issued'
        """)
      try enqueueCertificateWork(transaction)
    }
  }

  /// Removes files of hosts that are nobody's any more, as when a whole customer went: they would only be refused one
  /// step later.
  private func removeOrphans(_ certificates: CertificateSettings) throws {
    let files = certificates.folder.hosts()
    guard !files.isEmpty else { return }
    let rows = try database.query(
      """
      SELECT f.host FROM unnest(\(files)::text[]) AS f (host)
      WHERE NOT EXISTS (
        SELECT 1 FROM customer.certificates c JOIN customer.domains d ON d.id = c.domain_id WHERE d.host = f.host
      )
      """)
    var failure: ACMEFileError?
    try database.transaction { transaction in
      for row in rows {
        let host = try row.string("host")
        do throws(ACMEFileError) {
          try certificates.folder.remove(host)
        } catch {
          failure = error
          continue
        }
        try setAside(host, certificates, transaction)
      }
    }
    // The next sweep tries again; the log is told now.
    if let failure { throw failure }
  }
}
