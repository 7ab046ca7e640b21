package import Database

extension JobQueue {
  /// The statement that makes a job for each row of `rows`, to stand in a `WITH` of a statement of the caller's: the
  /// change and its jobs then take one round trip, and are committed together. ``wake()`` has them begun at once.
  ///
  /// Two rows of one statement must not have the same key.
  ///
  /// - Parameters:
  ///   - key: an expression over `rows`; it bounds waiting jobs only (``NewJob/keyUntilTaken``).
  ///   - payload: an expression over `rows` that gives `jsonb`.
  ///   - rows: what follows `FROM`.
  ///   - hastening: a job of that key that waits for a later time is made due now.
  package static func insertion(
    kind: String, key: SQL, payload: SQL, from rows: SQL, hastening: Bool
  ) -> SQL {
    // A job that waits is left as it is unless it must come sooner: most conflicts write nothing.
    let conflict: SQL =
      hastening
      ? "DO UPDATE SET run_at = excluded.run_at WHERE jobs.state = 'available' AND jobs.run_at > excluded.run_at"
      : "DO NOTHING"
    return """
      INSERT INTO jobs.jobs (kind, key, key_until_taken, payload)
      SELECT \(kind)::text, \(key), true, \(payload) FROM \(rows)
      ON CONFLICT (key) WHERE state IN ('available', 'running') \(conflict)
      """
  }

  /// Has the runners of this process look for jobs now; those of others do so within a second.
  package func wake() { signal.wake() }
}
