package import Database

/// Where jobs are put in, and looked after; the modules' side of the queue.
package struct JobQueue: Sendable {
  package let database: Database
  let signal = JobSignal()

  package init(database: Database) {
    self.database = database
  }

  /// Enqueues a job in the transaction of the change that causes it: both are committed or neither. Runners of this
  /// process start it some milliseconds after the commit, those of others within a second.
  /// - Returns: the job's id; nil when an unfinished job has its key already.
  @discardableResult
  package func enqueue(_ job: NewJob, in transaction: Transaction) throws(DatabaseError) -> Int? {
    let rows = try transaction.query(
      """
      INSERT INTO jobs.jobs (kind, key, key_until_taken, payload, priority, run_at, max_attempts, erase_when_done)
      VALUES (
        \(job.kind), \(job.key), \(job.keyUntilTaken), \(SQLValue.json(job.payload)), \(job.priority),
        coalesce(\(job.runAt), now()), \(job.maxAttempts), \(job.eraseWhenDone)
      )
      ON CONFLICT (key) WHERE state IN ('available', 'running') DO NOTHING
      RETURNING id
      """)
    guard let row = rows.first else { return nil }
    if job.runAt == nil { transaction.afterCommit { [signal] in signal.wake() } }
    return try row.int(0)
  }

  /// Makes a discarded job available again, with all its attempts.
  /// - Returns: false when there is no such discarded job, or its payload was erased.
  /// - Throws: `uniqueViolation` when an unfinished job has its key.
  package func retry(_ id: Int) throws(DatabaseError) -> Bool {
    let count = try database.execute(
      """
      UPDATE jobs.jobs SET state = 'available', attempts = 0, run_at = now(), finished_at = NULL
      WHERE id = \(id) AND state = 'discarded' AND NOT erase_when_done
      """)
    if count == 1 { signal.wake() }
    return count == 1
  }

  /// Deletes jobs that were finished long ago; returns how many.
  package func sweep(completedDays: Int, discardedDays: Int) throws(DatabaseError) -> Int {
    var total = 0
    while true {
      // In small steps, so that no lock is held for long.
      let count = try database.execute(
        """
        DELETE FROM jobs.jobs WHERE id IN (
          SELECT id FROM jobs.jobs
          WHERE state = 'completed' AND finished_at < now() - \(completedDays) * interval '1 day'
            OR state = 'discarded' AND finished_at < now() - \(discardedDays) * interval '1 day'
          LIMIT 1000
        )
        """)
      total += count
      if count < 1000 { return total }
    }
  }

  /// Counts for metrics. Completed jobs are not among them: counting what lies in store costs, and says little.
  package func statistics() throws(DatabaseError) -> JobStatistics {
    let row = try database.query(
      """
      SELECT
        (SELECT count(*) FROM jobs.jobs WHERE state = 'available' AND run_at <= now()),
        (SELECT count(*) FROM jobs.jobs WHERE state = 'available' AND run_at > now()),
        (SELECT count(*) FROM jobs.jobs WHERE state = 'running'),
        (SELECT count(*) FROM jobs.jobs WHERE state = 'discarded'),
        (SELECT coalesce(extract(epoch FROM now() - min(run_at)), 0)::float8
         FROM jobs.jobs WHERE state = 'available' AND run_at <= now())
      """)[0]
    return JobStatistics(
      available: try row.int(0), scheduled: try row.int(1), running: try row.int(2), discarded: try row.int(3),
      oldestSeconds: try row.double(4))
  }
}
