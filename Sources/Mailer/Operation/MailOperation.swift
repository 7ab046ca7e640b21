package import Database
package import Jobs

/// What an operator can see of the outbox, and do.
package struct MailOperation: Sendable {
  private let jobs: JobQueue

  package init(_ jobs: JobQueue) {
    self.jobs = jobs
  }

  /// Few rows are counted: what went well is not among them.
  package func statistics() throws(DatabaseError) -> MailStatistics {
    let database = jobs.database
    var waiting: [MailLane: Int] = [:]
    var oldest = 0.0
    for row in try database.query(
      """
      SELECT lane::int, count(*), extract(epoch FROM now() - min(created_at))::float8
      FROM mailer.mails WHERE state IN ('accepted', 'sending') GROUP BY lane
      """)
    {
      guard let lane = MailLane(rawValue: try row.int(0)) else { continue }
      waiting[lane] = try row.int(1)
      oldest = max(oldest, try row.double(2))
    }
    var settled: [(state: String, count: Int)] = []
    for row in try database.query(
      """
      SELECT s.state, count(m.id)
      FROM unnest(ARRAY['unknown', 'failed', 'suppressed', 'cancelled']) WITH ORDINALITY AS s (state, place)
      LEFT JOIN mailer.mails m ON m.state = s.state AND m.state <> 'sent' AND m.payload IS NOT NULL
      GROUP BY s.state, s.place ORDER BY s.place
      """)
    {
      settled.append((try row.string(0), try row.int(1)))
    }
    let gate = try database.query(
      """
      SELECT (SELECT count(*) FROM mailer.suppressions), halted_reason, halted_at,
        CASE WHEN open_at > now() THEN open_at END
      FROM mailer.gate
      """
    ).first
    let reason = try gate?.optionalString(1)
    let since = try gate?.optionalTimestamp(2)
    return MailStatistics(
      waiting: waiting, oldestSeconds: oldest, settled: settled, suppressedAddresses: try gate?.int(0) ?? 0,
      halted: reason.map { ($0, since ?? .now) }, opensAt: try gate?.optionalTimestamp(3))
  }

  /// Mails that may or may not have been sent, the newest first: for a person to look at.
  package func unknown(limit: Int) throws -> [(mail: String, template: String, reason: String)] {
    try jobs.database.query(
      """
      SELECT id::text, template, coalesce(reason, '') FROM mailer.mails
      WHERE state = 'unknown' AND state <> 'sent' ORDER BY created_at DESC LIMIT \(limit)
      """
    ).map { (try $0.string(0), try $0.string(1), try $0.string(2)) }
  }

  /// Opens the gate now, after a key or domain was mended, instead of at the next probe.
  package func resume() throws {
    try jobs.database.transaction { transaction in
      try transaction.execute("UPDATE mailer.gate SET open_at = now()")
      try Wake.now.enqueue(jobs, in: transaction)
    }
  }
}
