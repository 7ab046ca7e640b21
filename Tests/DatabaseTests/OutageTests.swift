import Foundation
import Support
import Testing

@testable import Database

/// On a server of its own, one case after the other.
@Suite(.serialized) struct OutageTests {
  private static let server = Result { try PostgresServer() }
  let server: PostgresServer

  init() throws { server = try Self.server.get() }

  @Test func anAbsentServerFailsAtOnceAndIsToldOnce() throws {
    let log = EventLog()
    let database = try makeDatabase(log: log, on: "host=/nonexistent")
    let total = try milliseconds {
      for _ in 0..<20 {
        let error = #expect(throws: DatabaseError.self) { try database.query("SELECT 1") }
        guard case .unavailable = error else { throw error ?? .busy }
      }
    }
    #expect(total < 500)
    #expect(database.statistics.failed < 10)
    #expect(log.events.count == 1)
  }

  @Test func aRestartedServerIsUsedAgain() throws {
    let log = EventLog()
    let database = try makeDatabase(log: log, on: server.conninfo())
    _ = try onThreads(4) { _ in try database.execute("SELECT pg_sleep(0.02)::text") }
    try server.stop()
    let error = #expect(throws: DatabaseError.self) { try database.query("SELECT 1") }
    guard case .unavailable = error else { throw error ?? .busy }
    let refused = milliseconds { for _ in 0..<50 { _ = try? database.query("SELECT 1") } }
    #expect(refused < 1000)
    try server.start()
    #expect(eventually(within: 2) { (try? database.query("SELECT 1")) != nil })
    let changes = log.events.filter { if case .notice = $0 { false } else { true } }
    #expect(changes.count == 3)
    #expect(changes.first == .up)
    #expect(changes.last == .up)
  }

  @Test func aRestartBetweenTwoUsesIsNotNoticed() throws {
    let database = try makeDatabase(on: server.conninfo())
    _ = try database.query("SELECT 1")
    try server.restart()
    #expect(try database.query("SELECT 1").count == 1)
  }

  @Test func aServerThatDoesNotAnswerHoldsNobodyUp() throws {
    let database = try makeDatabase(on: server.conninfo()) {
      $0.statementTimeoutMilliseconds = 200
      $0.graceMilliseconds = 100
      $0.poolSize = 4
    }
    _ = try onThreads(4) { _ in try database.execute("SELECT pg_sleep(0.02)::text") }
    try server.suspend()
    defer { try? server.resume() }
    let times = try onThreads(8) { _ in
      milliseconds { #expect(throws: DatabaseError.self) { try database.query("SELECT 1") } }
    }
    #expect(times.allSatisfy { $0 < 600 })
    // One caller at most waits for the connect time-out; the others fail at once.
    let next = try onThreads(6) { _ in milliseconds { _ = try? database.query("SELECT 1") } }
    #expect(next.filter { $0 > 100 }.count <= 1)
    #expect(next.allSatisfy { $0 < 3000 })
    try server.resume()
    #expect(eventually(within: 3) { (try? database.query("SELECT 1")) != nil })
  }

  @Test func aCrashInMidTransactionLeavesNothingHalf() throws {
    let database = try makeDatabase(on: server.conninfo())
    try database.execute("CREATE TABLE pairs (id int)")
    let worker = Result {
      try database.transaction { transaction in
        try transaction.execute("INSERT INTO pairs VALUES (1)")
        try server.stop()
        try transaction.execute("INSERT INTO pairs VALUES (2)")
      }
    }
    #expect(throws: DatabaseError.self) { try worker.get() }
    try server.start()
    #expect(eventually { (try? database.query("SELECT count(*) FROM pairs")[0].int(0)) == 0 })
  }
}
