package import Database

extension JobQueue {
  /// Deletes jobs that wait and are due, because other work does theirs: the caller makes sure of that in the same
  /// transaction. Jobs of priority 0 stay, and those that a runner is about to take.
  /// - Returns: how many, at most `limit`.
  @discardableResult
  package func withdraw(kind: String, limit: Int, in transaction: Transaction) throws(DatabaseError) -> Int {
    try transaction.execute(
      """
      DELETE FROM jobs.jobs WHERE id IN (
        SELECT id FROM jobs.jobs
        WHERE state = 'available' AND priority > 0 AND run_at <= now() AND kind = \(kind)
        ORDER BY priority, run_at, id
        LIMIT \(limit)
        FOR UPDATE SKIP LOCKED
      )
      """)
  }

  /// Takes back the waiting job that has the key; one that runs goes on.
  ///
  /// - Returns: whether there was one.
  package func withdraw(key: String, in transaction: Transaction) throws(DatabaseError) -> Bool {
    try transaction.execute("DELETE FROM jobs.jobs WHERE state = 'available' AND key = \(key)") > 0
  }
}
