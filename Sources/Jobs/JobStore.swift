import Database

/// The statements by which runners take jobs and give them back. A row's id and attempts name one holder of its
/// lease: whoever comes late changes nothing.
struct JobStore: Sendable {
  let database: Database
  let leaseSeconds: Int
  /// Who takes the jobs, for people who look at the table.
  let holder: String

  /// Takes the next job that is due, of the given kinds.
  func take(kinds: [String]) throws -> Job? {
    let rows = try database.query(
      """
      UPDATE jobs.jobs
      SET state = 'running', attempts = attempts + 1, locked_by = \(holder),
        locked_until = now() + \(leaseSeconds) * interval '1 second',
        key = CASE WHEN key_until_taken THEN NULL ELSE key END
      WHERE id = (
        SELECT id FROM jobs.jobs
        WHERE state = 'available' AND run_at <= now() AND kind = ANY(\(kinds))
        ORDER BY priority, run_at, id
        LIMIT 1
        FOR UPDATE SKIP LOCKED
      )
      RETURNING id, kind, key, payload, attempts, max_attempts, created_at, erase_when_done
      """)
    guard let row = rows.first else { return nil }
    return Job(
      id: try row.int(0), kind: try row.string(1), key: try row.optionalString(2), payload: try row.bytes(3),
      attempt: try row.int(4), maxAttempts: try row.int(5), createdAt: try row.timestamp(6),
      eraseWhenDone: try row.bool(7))
  }

  func complete(_ job: Job) throws -> Bool {
    try database.execute(Self.completion(of: job)) == 1
  }

  static func completion(of job: Job) -> SQL {
    let held = holding(job)
    return job.eraseWhenDone
      ? "DELETE FROM jobs.jobs WHERE \(held)"
      : """
      UPDATE jobs.jobs
      SET state = 'completed', finished_at = now(), locked_until = NULL, last_error = NULL
      WHERE \(held)
      """
  }

  /// Gives a failed job back, to be taken again after `delaySeconds`, or discards it. Returns whether it is discarded;
  /// nil when somebody else has it.
  func fail(_ job: Job, error: String, delaySeconds: Double, discard: Bool) throws -> Bool? {
    let discarded = discard || job.attempt >= job.maxAttempts
    let change: SQL =
      discarded
      ? """
      state = 'discarded', finished_at = now(),
      payload = CASE WHEN erase_when_done THEN '{}' ELSE payload END
      """
      : "state = 'available', run_at = now() + \(delaySeconds) * interval '1 second'"
    let count = try database.execute(
      "UPDATE jobs.jobs SET \(change), last_error = \(error), locked_until = NULL WHERE \(Self.holding(job))")
    return count == 1 ? discarded : nil
  }

  func extendLease(_ job: Job) throws -> Bool {
    try database.execute(
      """
      UPDATE jobs.jobs SET locked_until = now() + \(leaseSeconds) * interval '1 second'
      WHERE \(Self.holding(job))
      """) == 1
  }

  /// Puts back, or discards, jobs whose holders have crashed; returns how many.
  func recover() throws -> Int {
    try database.execute(
      """
      UPDATE jobs.jobs
      SET state = CASE WHEN attempts < max_attempts THEN 'available' ELSE 'discarded' END::jobs.state,
        finished_at = CASE WHEN attempts < max_attempts THEN NULL ELSE now() END,
        payload = CASE WHEN attempts >= max_attempts AND erase_when_done THEN '{}' ELSE payload END,
        run_at = now(), locked_until = NULL, last_error = 'the lease ran out: the process ended or was too slow'
      WHERE id IN (
        SELECT id FROM jobs.jobs
        WHERE state = 'running' AND locked_until < now()
        ORDER BY locked_until
        LIMIT 100
        FOR UPDATE SKIP LOCKED
      )
      """)
  }

  /// Plans the next run of a periodic job, at the next multiple of its interval by the database's clock. Its key lets
  /// only one of many processes succeed, and that a run is planned for a time still to come makes it the only one
  /// for that time.
  func plan(_ periodic: PeriodicJob) throws {
    try database.execute(
      """
      INSERT INTO jobs.jobs (kind, key, run_at, max_attempts, erase_when_done)
      VALUES (
        \(periodic.name), \("periodic:" + periodic.name),
        to_timestamp((floor(extract(epoch FROM now()) / \(periodic.everySeconds)) + 1) * \(periodic.everySeconds)),
        5, true
      )
      ON CONFLICT (key) WHERE state IN ('available', 'running') DO NOTHING
      """)
  }

  private static func holding(_ job: Job) -> SQL {
    "id = \(job.id) AND attempts = \(job.attempt) AND state = 'running'"
  }
}
