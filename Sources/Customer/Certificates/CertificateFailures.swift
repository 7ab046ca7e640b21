import ACME
import Database
import HTTP
import Services

extension CustomerModule {
  private static let firstPauseSeconds: Double = 60
  private static let longestPauseSeconds: Double = 86_400
  private static let longestAccountPauseSeconds: Double = 1800

  /// Notes why there is no certificate: what is about the authority or our account holds up all hosts alike, and is
  /// none of this one's faults.
  func fail(_ due: DueCertificate, _ failure: ACMEFailure) throws {
    let problem = CertificateProblem(failure.kind)
    guard failure.isGeneral, problem != .client else { return try fail(due, problem, failure.description) }
    let rows = try database.query(
      """
      UPDATE customer.acme_account
      SET attempts = attempts + 1, problem = \(problem.rawValue),
        paused_until = now() + interval '1 second' * (0.9 + 0.2 * random())
          * least(\(Self.longestAccountPauseSeconds), 30 * power(2, least(attempts, 10)))
      RETURNING paused_until
      """)
    let until = Instant(try rows[0].timestamp("paused_until"))
    try note(problem, failure.description, of: due, nextTry: until)
  }

  /// Notes a failure of this host's: a minute's pause after the first, twice as long after each further one, up to a
  /// day.
  func fail(_ due: DueCertificate, _ problem: CertificateProblem, _ detail: String) throws {
    try database.execute(
      """
      UPDATE customer.certificates
      SET state = 'failing', attempts = attempts + 1, problem = \(problem.rawValue), problem_detail = \(plain(detail)),
        failing_since = coalesce(failing_since, now()),
        next_try_at = now() + interval '1 second' * (0.9 + 0.2 * random())
          * least(\(Self.longestPauseSeconds), \(Self.firstPauseSeconds) * power(2, least(attempts, 20)))
      WHERE domain_id = \(due.domain.uuid)
      """)
  }

  /// Notes what is no fault of this host's.
  func note(_ problem: CertificateProblem, _ detail: String, of due: DueCertificate, nextTry: Instant) throws {
    try database.execute(
      """
      UPDATE customer.certificates
      SET state = 'failing', problem = \(problem.rawValue), problem_detail = \(plain(detail)),
        failing_since = coalesce(failing_since, now()), next_try_at = \(Timestamp(nextTry))
      WHERE domain_id = \(due.domain.uuid)
      """)
  }

  /// Until when nothing is asked of the authority, and why.
  func accountPause() throws -> (until: Instant, problem: CertificateProblem)? {
    let rows = try database.query(
      "SELECT paused_until, problem FROM customer.acme_account WHERE paused_until > now()")
    return try rows.first.map { row in
      let problem = try row.optionalString("problem").flatMap { CertificateProblem(rawValue: $0) }
      return (Instant(try row.timestamp("paused_until")), problem ?? .authorityAway)
    }
  }

  /// PostgreSQL takes no zero byte, whatever an authority says.
  private func plain(_ text: String) -> String { text.filter { $0 != "\0" } }
}
