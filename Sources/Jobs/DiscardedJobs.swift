package import Database

/// A job that was given up.
package struct DiscardedJob: Sendable {
  package let id: Int
  package let kind: String
  /// Why its last attempt failed.
  package let error: String
}

extension JobQueue {
  /// The newest jobs that were given up.
  package func discarded(limit: Int) throws(DatabaseError) -> [DiscardedJob] {
    let rows = try database.query(
      """
      SELECT id, kind, coalesce(last_error, '') AS error FROM jobs.jobs
      WHERE state = 'discarded' ORDER BY id DESC LIMIT \(limit)
      """)
    var jobs: [DiscardedJob] = []
    for row in rows {
      jobs.append(DiscardedJob(id: try row.int("id"), kind: try row.string("kind"), error: try row.string("error")))
    }
    return jobs
  }
}
