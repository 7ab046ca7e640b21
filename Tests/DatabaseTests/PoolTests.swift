import Foundation
import Support
import Testing

@testable import Database

@Suite struct PoolTests {
  @Test func callersBeyondThePoolAreRefusedInTime() throws {
    let database = try makeDatabase {
      $0.poolSize = 2
      $0.waitingLimit = 3
      $0.acquireTimeoutMilliseconds = 100
    }
    let gate = Monitor(false)
    let holders = Thread {
      _ = try? onThreads(2) { _ in
        try database.transaction { transaction in
          try transaction.execute("SELECT 1")
          _ = gate.wait(until: .after(milliseconds: 5000)) { $0 ? true : nil }
        }
      }
    }
    holders.start()
    #expect(eventually { database.statistics.inUse == 2 })
    let times = try onThreads(8) { _ in
      milliseconds { #expect(throws: DatabaseError.busy) { try database.query("SELECT 1") } }
    }
    // Three waited their time, five were refused at once.
    #expect(times.filter { $0 < 90 }.count == 5)
    #expect(times.allSatisfy { $0 < 200 })
    #expect(database.statistics.waiting == 0)
    gate.withLock { $0 = true }
    gate.broadcast()
    #expect(eventually { database.statistics.inUse == 0 })
    #expect(database.statistics == PoolStatistics(inUse: 0, idle: 2, waiting: 0, opened: 2, failed: 0, isUp: true))
  }

  @Test func manyThreadsShareFewConnections() throws {
    let database = try makeDatabase {
      $0.poolSize = 3
      $0.acquireTimeoutMilliseconds = 5000
    }
    let sums = try onThreads(12) { number in
      try (0..<100).reduce(0) { sum, step in try sum + database.query("SELECT \(number * step)")[0].int(0) }
    }
    #expect(sums == (0..<12).map { $0 * 4950 })
    #expect(database.statistics.opened <= 3)
  }

  @Test func theConnectionUsedLastIsLentFirst() throws {
    let database = try makeDatabase()
    let pids = try (0..<10).map { _ in try database.query("SELECT pg_backend_pid()")[0].int(0) }
    #expect(Set(pids).count == 1)
  }

  @Test func aClosedDatabaseRefuses() throws {
    let database = try makeDatabase()
    _ = try database.query("SELECT 1")
    database.close()
    #expect(throws: DatabaseError.unavailable(reason: "the database was closed")) { try database.query("SELECT 1") }
  }

  @Test func largeValuesPassBothWays() throws {
    let database = try makeDatabase()
    let bytes = [UInt8](repeating: 7, count: 20_000_000)
    #expect(try database.query("SELECT \(bytes) AS b")[0].bytes("b") == bytes)
  }
}
