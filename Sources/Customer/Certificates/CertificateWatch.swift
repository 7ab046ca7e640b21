import Database
import HTTP
import Jobs
import Services

extension CustomerModule {
  /// What is done for certificates by itself, besides fetching those that are due.
  var certificatePeriodic: [PeriodicJob] {
    guard let certificates = settings.certificates else { return [] }
    return [
      PeriodicJob(name: "customer.watch_certificates", everySeconds: 15) { [self] _, context in
        try fetchCertificates(context)
        try dropExpired()
        try tellOfCertificates()
      },
      PeriodicJob(name: "customer.sweep_certificates", everySeconds: 3600) { [self] _, _ in
        try sweepCertificates(certificates)
        try database.execute("DELETE FROM customer.acme_orders WHERE at < now() - interval '8 days'")
      },
    ]
  }

  /// Hosts whose certificate has run out are not served any more: browsers would turn people away.
  private func dropExpired() throws {
    let rows = try database.query(
      """
      SELECT c.domain_id, d.host FROM customer.certificates c JOIN customer.domains d ON d.id = c.domain_id
      WHERE c.not_after <= now() LIMIT 500
      """)
    for row in rows { try dropExpired(DomainID(row.uuid("domain_id")), row.string("host")) }
  }

  private func dropExpired(_ domain: DomainID, _ host: String) throws {
    let isDropped = try database.transaction { transaction in
      guard try lockCertificate(of: domain, transaction) else { return false }
      let count = try transaction.execute(
        """
        UPDATE customer.certificates SET not_after = NULL, not_before = NULL, serial = NULL, issuer = NULL,
          renew_at = NULL, state = 'failing', failing_since = coalesce(failing_since, now()),
          problem = coalesce(problem, \(CertificateProblem.client.rawValue))
        WHERE domain_id = \(domain.uuid) AND not_after <= now()
        """)
      guard count == 1 else { return false }
      try transaction.execute("UPDATE customer.domains SET https_since = NULL WHERE id = \(domain.uuid)")
      try enqueueSettling(of: host, transaction)
      return true
    }
    if isDropped { try showDomain(domain, host) }
  }

  /// Writes to the owners once a row of failures: ten days before a certificate ends (sooner of short-lived ones: with
  /// a ninth of their life left), or when a new domain has had none for a day.
  private func tellOfCertificates() throws {
    try database.transaction { transaction in
      let rows = try transaction.query(
        """
        UPDATE customer.certificates c SET told_at = now()
        FROM customer.domains d
        WHERE d.id = c.domain_id AND c.told_at IS NULL AND c.failing_since IS NOT NULL
          AND d.state IN ('active', 'failing') AND NOT d.paused_by_plan
          AND CASE
            WHEN c.not_after IS NULL THEN c.failing_since < now() - interval '1 day'
            ELSE c.not_after < now() + least(interval '10 days', (c.not_after - c.not_before) / 9)
          END
        RETURNING c.domain_id, c.failing_since, d.host, d.customer_id
        """)
      for row in rows {
        let domain = DomainID(try row.uuid("domain_id"))
        let mail = Mail.certificateProblem(
          domain: domain.text, host: try row.string("host"), since: Instant(try row.timestamp("failing_since")),
          dashboard: "\(settings.dashboard)/domains/\(domain.text)")
        for owner in try owners(of: row.uuid("customer_id"), transaction) {
          try mailer.enqueue(mail, to: owner.email, language: owner.language, in: transaction)
        }
      }
    }
  }
}
