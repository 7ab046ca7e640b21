import Database
import HTTP
package import Jobs
import Services

/// What an operator can do about customers' domains, by the command line.
package struct DomainOperation {
  private let jobs: JobQueue

  package init(_ jobs: JobQueue) {
    self.jobs = jobs
  }

  /// Describes each domain in a line, by host.
  package func list(failingOnly: Bool, _ line: (String) -> Void) throws {
    var last = ""
    while true {
      let rows = try jobs.database.query(
        """
        SELECT d.host, d.id::text AS id, d.state, c.state AS certificate, to_char(c.not_after, 'YYYY-MM-DD HH24:MI') AS ends,
          c.problem, c.problem_detail, d.host || ' ' || d.id AS place
        FROM customer.domains d LEFT JOIN customer.certificates c ON c.domain_id = d.id
        WHERE d.host || ' ' || d.id > \(last)
          AND (NOT \(failingOnly) OR d.state = 'failing' OR c.state = 'failing')
        ORDER BY d.host || ' ' || d.id LIMIT 500
        """)
      for row in rows {
        var text = try "\(row.string("host"))  \(row.string("state"))"
        text += try "  certificate: \(row.optionalString("certificate") ?? "none")"
        if let ends = try row.optionalString("ends") { text += ", until \(ends)" }
        if let problem = try row.optionalString("problem") {
          text += try "  \(problem): \(row.optionalString("problem_detail") ?? "")"
        }
        line(text)
        last = try row.string("place")
      }
      if rows.count < 500 { return }
    }
  }

  /// Has all customers' rows of a host looked at now.
  ///
  /// - Returns: false when there is none.
  package func check(_ host: String) throws -> Bool {
    try jobs.database.transaction { transaction in
      let rows = try transaction.query(
        "UPDATE customer.domains SET next_check_at = now() WHERE host = \(host) RETURNING id")
      for row in rows {
        let domain = DomainID(try row.uuid("id"))
        try jobs.enqueue(
          NewJob(
            kind: CustomerModule.domainCheckJob, key: "\(CustomerModule.checkKey(domain)):operator",
            keyUntilTaken: true, payload: JSON.object([.init("domain", .string(domain.text))]).bytes),
          in: transaction)
      }
      return !rows.isEmpty
    }
  }

  /// Has a new certificate fetched for a host now, whatever pause there is.
  ///
  /// - Returns: false when nobody owns the host here, or it waits for none.
  package func renew(_ host: String) throws -> Bool {
    try jobs.database.transaction { transaction in
      let rows = try transaction.query(
        """
        UPDATE customer.certificates c SET next_try_at = now()
        FROM customer.domains d
        WHERE d.id = c.domain_id AND d.host = \(host) AND d.state IN ('active', 'failing') RETURNING 1
        """)
      guard !rows.isEmpty else { return false }
      try transaction.execute("UPDATE customer.acme_account SET paused_until = NULL")
      try jobs.enqueue(
        NewJob(kind: CustomerModule.certificateJob, key: CustomerModule.certificateJob, keyUntilTaken: true),
        in: transaction)
      return true
    }
  }
}
