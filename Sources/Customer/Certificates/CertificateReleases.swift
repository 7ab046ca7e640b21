import ACME
import Database
import Jobs

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
        SELECT host, revoke FROM customer.released_certificates ORDER BY released_at LIMIT 1 FOR UPDATE SKIP LOCKED
        """)
      guard let row = rows.first else { return false }
      let host = try row.string("host")
      // Somebody may have it again already, with a certificate of the time after.
      let holders = try transaction.query(
        """
        SELECT 1 FROM customer.certificates c JOIN customer.domains d ON d.id = c.domain_id
        WHERE d.host = \(host) AND c.not_after IS NOT NULL
        """)
      if holders.isEmpty {
        try certificates.folder.remove(host)
        if try row.bool("revoke") { try setAside(host, certificates, transaction) }
      }
      try transaction.execute("DELETE FROM customer.released_certificates WHERE host = \(host)")
      return true
    }
  }

  /// Removes files of hosts that are nobody's any more, as when a whole customer went: they would only be refused one
  /// step later.
  func sweepCertificates(_ certificates: CertificateSettings) throws {
    let files = certificates.folder.hosts()
    guard !files.isEmpty else { return }
    let rows = try database.query(
      """
      SELECT f.host FROM unnest(\(files)::text[]) AS f (host)
      WHERE NOT EXISTS (
        SELECT 1 FROM customer.certificates c JOIN customer.domains d ON d.id = c.domain_id WHERE d.host = f.host
      )
      """)
    try database.transaction { transaction in
      for row in rows {
        let host = try row.string("host")
        try certificates.folder.remove(host)
        try setAside(host, certificates, transaction)
      }
    }
  }
}
