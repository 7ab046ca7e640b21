import Foundation
import Support
import Synchronization

@testable import Database

/// What the database has logged.
final class EventLog: Sendable {
  private let stored = Mutex<[DatabaseEvent]>([])
  var events: [DatabaseEvent] { stored.withLock { $0 } }
  func append(_ event: DatabaseEvent) { stored.withLock { $0.append(event) } }
}

/// The database that most tests share; their tables have names of their own. Making one takes longer than most tests.
private let scratch = Result { try PostgresServer.shared.get().createDatabase() }

/// Our side of a database: the shared one unless another is named.
func makeDatabase(
  log: EventLog = EventLog(), on conninfo: String? = nil, _ change: (inout Database.Configuration) -> Void = { _ in }
) throws -> Database {
  var configuration = Database.Configuration(conninfo: try conninfo ?? scratch.get())
  change(&configuration)
  return Database(configuration) { log.append($0) }
}

/// Runs `body` on `count` threads at once and waits for all; rethrows the first error.
func onThreads<Result: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Result) throws -> [Result] {
  let results = Mutex<[Int: Swift.Result<Result, any Error>]>([:])
  let group = DispatchGroup()
  for number in 0..<count {
    group.enter()
    Thread {
      let result = Swift.Result { try body(number) }
      results.withLock { $0[number] = result }
      group.leave()
    }.start()
  }
  group.wait()
  return try results.withLock { results in try (0..<count).compactMap { try results[$0]?.get() } }
}

/// Waits until `condition` holds; false after `seconds`.
func eventually(within seconds: Double = 5, _ condition: () throws -> Bool) rethrows -> Bool {
  let deadline = Date().addingTimeInterval(seconds)
  while try !condition() {
    guard Date() < deadline else { return false }
    usleep(5000)
  }
  return true
}

/// Milliseconds that `body` took.
func milliseconds(_ body: () throws -> Void) rethrows -> Double {
  let start = ContinuousClock.now
  try body()
  return (ContinuousClock.now - start) / .milliseconds(1)
}
