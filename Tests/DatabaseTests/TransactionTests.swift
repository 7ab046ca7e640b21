import Foundation
import Synchronization
import Testing

@testable import Database

private let shared = Result {
  let database = try makeDatabase()
  try database.execute("CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL DEFAULT 0)")
  return database
}

@Suite struct TransactionTests {
  struct Failure: Error {}
  let database: Database

  init() throws { database = try shared.get() }

  private func count(_ id: Int) throws -> Int {
    try database.query("SELECT count(*) FROM t WHERE id = \(id)")[0].int(0)
  }

  @Test func aReturnCommitsAndAnErrorRollsBack() throws {
    var order: [String] = []
    try database.transaction { transaction in
      transaction.afterCommit { order.append("committed") }
      let inserted = try transaction.execute("INSERT INTO t (id) VALUES (\(1)), (\(2))")
      #expect(inserted == 2)
      order.append("body")
    }
    #expect(order == ["body", "committed"])
    #expect(try count(1) == 1)
    #expect(throws: Failure.self) {
      try database.transaction { transaction in
        transaction.afterCommit { order.append("never") }
        try transaction.execute("INSERT INTO t (id) VALUES (\(3))")
        throw Failure()
      }
    }
    #expect(try count(3) == 0)
    #expect(order.count == 2)
  }

  @Test func aSwallowedErrorDoesNotPassForACommit() throws {
    #expect(throws: DatabaseError.other(sqlState: "22012", message: "division by zero")) {
      try database.transaction { transaction in
        try transaction.execute("INSERT INTO t (id) VALUES (\(5))")
        _ = try? transaction.query("SELECT 1/0")
      }
    }
    #expect(try count(5) == 0)
  }

  @Test func isolationAndReadOnlyReachTheServer() throws {
    let level = try database.transaction(.serializable, readOnly: true) { transaction in
      let row = try transaction.query(
        "SELECT current_setting('transaction_isolation') AS i, current_setting('transaction_read_only') AS r")[0]
      return try row.string("i") + " " + row.string("r")
    }
    #expect(level == "serializable on")
  }

  @Test func afterCommitMayUseTheDatabase() throws {
    var seen = 0
    try database.transaction { transaction in
      try transaction.execute("INSERT INTO t (id) VALUES (\(6))")
      transaction.afterCommit { seen = (try? count(6)) ?? -1 }
    }
    #expect(seen == 1)
  }

  @Test func nestedUseIsRefused() throws {
    let refusal = DatabaseError.misuse("this thread is within a transaction already: use its Transaction")
    #expect(throws: refusal) { try database.transaction { _ in try database.transaction { _ in } } }
    #expect(throws: refusal) { try database.transaction { _ in _ = try database.query("SELECT 1") } }
    #expect(try database.query("SELECT 1").count == 1)
  }

  @Test func aTransactionIsOfNoUseAfterItsEnd() throws {
    var kept: Transaction?
    try database.transaction { kept = $0 }
    #expect(throws: DatabaseError.misuse("the transaction is over")) { try kept?.query("SELECT 1") }
  }

  @Test func aSerializationFailureIsRepeated() throws {
    try database.execute("INSERT INTO t (id) VALUES (\(100))")
    let runs = Atomic(0)
    _ = try onThreads(4) { [database] _ in
      for _ in 0..<10 {
        try database.transaction(.serializable, retries: 50) { transaction in
          runs.add(1, ordering: .relaxed)
          let n = try transaction.query("SELECT n FROM t WHERE id = 100")[0].int(0)
          try transaction.execute("UPDATE t SET n = \(n + 1) WHERE id = 100")
        }
      }
    }
    #expect(try database.query("SELECT n FROM t WHERE id = 100")[0].int(0) == 40)
    #expect(runs.load(ordering: .relaxed) > 40)
  }

  @Test func aSerializationFailureIsRepeatedNoMoreThanAsked() throws {
    var runs = 0
    try database.execute(
      """
      CREATE FUNCTION clash() RETURNS void LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'clash' USING ERRCODE = '40001'; END $$
      """)
    #expect(throws: Failure.self) {
      try database.transaction(retries: 2) { transaction in
        runs += 1
        do { _ = try transaction.query("SELECT clash()::text") } catch { throw Failure() }
      }
    }
    #expect(runs == 3)
  }

  @Test func aDeadlockIsRepeated() throws {
    try database.execute("INSERT INTO t (id) VALUES (201), (202)")
    let first = Atomic(0)
    _ = try onThreads(2) { [database] number in
      try database.transaction { transaction in
        try transaction.execute("UPDATE t SET n = n + 1 WHERE id = \(201 + number)")
        // Both hold one row before either wants the other's; a repeated run need not wait.
        first.add(1, ordering: .relaxed)
        _ = eventually { first.load(ordering: .relaxed) >= 2 }
        try transaction.execute("UPDATE t SET n = n + 1 WHERE id = \(202 - number)")
      }
    }
    #expect(try database.query("SELECT sum(n)::int FROM t WHERE id IN (201, 202)")[0].int(0) == 4)
    #expect(first.load(ordering: .relaxed) == 3)
  }

  @Test func aStatementTakesNoLongerThanItsLimit() throws {
    let database = try makeDatabase(on: database.configuration.conninfo) { $0.statementTimeoutMilliseconds = 100 }
    #expect(throws: DatabaseError.statementTimeout) { try database.query("SELECT pg_sleep(5)::text") }
    #expect(try database.query("SELECT 1").count == 1)
    #expect(database.statistics.opened == 1)
  }

  @Test func aLockIsWaitedForNoLongerThanItsLimit() throws {
    let impatient = try makeDatabase(on: database.configuration.conninfo) { $0.lockTimeoutMilliseconds = 50 }
    try database.execute("INSERT INTO t (id) VALUES (300)")
    try database.transaction { transaction in
      try transaction.execute("UPDATE t SET n = 1 WHERE id = 300")
      let other = try onThreads(1) { _ in
        Result { try impatient.execute("UPDATE t SET n = 2 WHERE id = 300") }
      }[0]
      #expect(throws: DatabaseError.lockTimeout) { try other.get() }
    }
  }

  @Test func aConnectionCutWithinATransactionIsAnErrorAndThePoolHeals() throws {
    let database = try makeDatabase(on: database.configuration.conninfo)
    let error = #expect(throws: DatabaseError.self) {
      try database.transaction { transaction in
        try transaction.execute("INSERT INTO t (id) VALUES (\(400))")
        let pid = try transaction.query("SELECT pg_backend_pid()")[0].int(0)
        _ = try onThreads(1) { _ in try self.database.execute("SELECT pg_terminate_backend(\(pid)::int)") }
        try transaction.execute("INSERT INTO t (id) VALUES (\(401))")
      }
    }
    guard case .unavailable = error else { throw error ?? .busy }
    #expect(try database.query("SELECT count(*) FROM t WHERE id IN (400, 401)")[0].int(0) == 0)
  }

  @Test func aConnectionCutBeforeCommitLeavesTheOutcomeOpen() throws {
    let database = try makeDatabase(on: database.configuration.conninfo)
    #expect(throws: DatabaseError.commitUnknown) {
      try database.transaction { transaction in
        let pid = try transaction.query("SELECT pg_backend_pid()")[0].int(0)
        _ = try onThreads(1) { _ in try self.database.execute("SELECT pg_terminate_backend(\(pid)::int)") }
      }
    }
    #expect(try database.query("SELECT 1").count == 1)
  }
}
