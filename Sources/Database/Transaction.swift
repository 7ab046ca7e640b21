/// An open transaction, valid within the closure that `Database.transaction` calls, on its thread.
package final class Transaction {
  private let connection: Connection
  private let begin: String
  private var hasBegun = false
  private var isOver = false
  private var commitActions: [() -> Void] = []
  /// The first error of the database in this transaction, after which the server only takes ROLLBACK.
  private(set) var failure: DatabaseError?

  init(_ connection: Connection, begin: String) {
    self.connection = connection
    self.begin = begin
  }

  /// Runs one statement. BEGIN travels with the first one.
  package func query(_ sql: SQL) throws(DatabaseError) -> Rows {
    guard !isOver else { throw .misuse("the transaction is over") }
    do throws(DatabaseError) {
      let first = !hasBegun
      hasBegun = true
      return try connection.run(sql, begin: first ? begin : nil)
    } catch {
      if failure == nil { failure = error }
      throw error
    }
  }

  /// Runs one statement; returns how many rows it concerned.
  @discardableResult
  package func execute(_ sql: SQL) throws(DatabaseError) -> Int {
    try query(sql).affected
  }

  /// Has `action` run once, on this thread, after the transaction has committed; never if it has not.
  package func afterCommit(_ action: @escaping () -> Void) {
    commitActions.append(action)
  }

  func runAfterCommit() {
    for action in commitActions { action() }
  }

  func run<Result>(_ body: (Transaction) throws -> Result) throws -> Result {
    let result: Result
    do {
      result = try body(self)
    } catch {
      rollBack()
      throw error
    }
    try commit()
    return result
  }

  private func commit() throws(DatabaseError) {
    isOver = true
    guard hasBegun else { return }
    do throws(DatabaseError) {
      let tag = try connection.command("COMMIT")
      // The server answers the COMMIT of a failed transaction with ROLLBACK: `body` has swallowed its error.
      if tag != "COMMIT" { throw failure ?? .other(sqlState: "25P02", message: "the transaction was rolled back") }
    } catch {
      let outcome: DatabaseError = connection.isBroken ? .commitUnknown : error
      if failure == nil { failure = outcome }
      throw outcome
    }
  }

  /// When this fails the connection is broken, and the server rolls back by itself.
  private func rollBack() {
    isOver = true
    guard hasBegun, !connection.isBroken else { return }
    _ = try? connection.command("ROLLBACK")
  }
}
