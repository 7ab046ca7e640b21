import Database
import FoundationEssentials

/// The gate's row.
extension Gate {
  /// Reads it, with the database's time, and holds it until the transaction ends.
  static func lock(in transaction: Transaction) throws -> (gate: Gate, now: Timestamp) {
    let rows = try transaction.query(
      """
      SELECT open_at, request_limit::bigint, coalesce(remaining, 0)::bigint AS remaining,
        coalesce(window_seconds, 1)::bigint AS window_seconds, window_ends_at, failures::bigint, failed_mail,
        halted_reason, halted_at
      FROM mailer.gate
      FOR UPDATE
      """)
    // The time after the wait for the lock.
    let now = try transaction.query("SELECT clock_timestamp()")[0].timestamp(0)
    guard let row = rows.first else { return (Gate(openAt: now), now) }
    var gate = Gate(openAt: try row.timestamp("open_at"))
    gate.limit = try row.optionalInt("request_limit")
    gate.remaining = try row.int("remaining")
    gate.windowSeconds = try row.int("window_seconds")
    gate.windowEndsAt = try row.optionalTimestamp("window_ends_at")
    gate.failures = try row.int("failures")
    gate.failedMail = try row.optionalUUID("failed_mail")
    if let reason = try row.optionalString("halted_reason") {
      gate.halted = Halted(reason: reason, since: try row.optionalTimestamp("halted_at") ?? now)
    }
    return (gate, now)
  }

  func store(in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE mailer.gate
      SET open_at = \(openAt), request_limit = \(limit), remaining = \(remaining), window_seconds = \(windowSeconds),
        window_ends_at = \(windowEndsAt), failures = \(failures), failed_mail = \(failedMail),
        halted_reason = \(halted?.reason), halted_at = \(halted?.since)
      """)
  }
}
