internal import Glibc

/// PostgreSQL behind a bounded pool of connections. Synchronous and safe to use from many threads; each call takes
/// a connection for as long as it runs.
package final class Database: Sendable {
  package let configuration: Configuration
  private let pool: Pool

  /// Connects to nothing yet: the first use does, and each use after an outage.
  package init(_ configuration: Configuration, log: @escaping @Sendable (DatabaseEvent) -> Void) {
    self.configuration = configuration
    pool = Pool(configuration, log: log)
  }

  package var statistics: PoolStatistics { pool.statistics }

  /// Closes all connections, those in use as they come back.
  package func close() { pool.close() }

  /// Runs one statement in a transaction of its own, in one round trip.
  package func query(_ sql: SQL) throws(DatabaseError) -> Rows {
    let connection = try pool.acquire()
    defer { pool.release(connection) }
    do {
      return try connection.run(sql)
    } catch  where error.isStalePlan {
      // The server refused to run the old plan, so nothing has happened: the statement is prepared anew.
      return try connection.run(sql)
    }
  }

  /// Runs one statement like `query`; returns how many rows it concerned.
  @discardableResult
  package func execute(_ sql: SQL) throws(DatabaseError) -> Int {
    try query(sql).affected
  }

  /// Runs `body` in a transaction: its return commits, its error rolls back. After a serialization failure or a
  /// deadlock `body` is run again, up to `retries` times, so outside the database it must leave no traces; what is
  /// to happen once goes into `Transaction.afterCommit`.
  package func transaction<Result>(
    _ isolation: Isolation = .readCommitted, readOnly: Bool = false, retries: Int = 3,
    _ body: (Transaction) throws -> Result
  ) throws -> Result {
    var attempt = 0
    while true {
      let connection = try pool.acquire()
      let transaction = Transaction(connection, begin: isolation.begin(readOnly: readOnly))
      do {
        let result = try lending(connection) { try transaction.run(body) }
        transaction.runAfterCommit()
        return result
      } catch {
        // `body` may have wrapped the database's error: what counts is what the transaction saw.
        guard transaction.failure?.isRetryable == true, attempt < retries else { throw error }
      }
      attempt += 1
      // Those who met must not meet again: a random pause, longer each time.
      usleep(UInt32.random(in: 0...(4000 << UInt32(min(attempt, 6)))))
    }
  }

  /// Gives the connection back as soon as `body` has ended.
  private func lending<Result>(_ connection: Connection, _ body: () throws -> Result) throws -> Result {
    defer { pool.release(connection) }
    return try body()
  }
}
