import Foundation
import Support
import Synchronization

@testable import Database
@testable import Jobs

/// What runners have logged.
final class EventLog: Sendable {
  private let stored = Mutex<[JobEvent]>([])
  var events: [JobEvent] { stored.withLock { $0 } }
  func append(_ event: JobEvent) { stored.withLock { $0.append(event) } }
}

/// What handlers have seen, in order.
final class Record<Value: Sendable>: Sendable {
  private let stored = Mutex<[Value]>([])
  var values: [Value] { stored.withLock { $0 } }
  func append(_ value: Value) { stored.withLock { $0.append(value) } }
}

/// An empty queue for one test, in a database that its suite, whose tests run one after the other, keeps.
func empty(_ queue: Result<JobQueue, any Error>) throws -> JobQueue {
  let queue = try queue.get()
  try queue.database.execute("TRUNCATE jobs.jobs")
  return queue
}

/// A queue in a database of its own, made by the real migrations.
func makeQueue() throws -> JobQueue {
  let configuration = Database.Configuration(conninfo: try PostgresServer.shared.get().createDatabase())
  let folder = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../sql").standardizedFileURL.path
  try Migrator(configuration, folder: folder) { _ in }.run()
  var patient = configuration
  patient.acquireTimeoutMilliseconds = 5000
  return JobQueue(database: Database(patient) { _ in })
}

extension JobQueue {
  @discardableResult
  func put(_ job: NewJob) throws -> Int? {
    try database.transaction { try enqueue(job, in: $0) }
  }

  func state(_ id: Int?) throws -> String? {
    try database.query("SELECT state FROM jobs.jobs WHERE id = \(id)").first?.string(0)
  }
}

/// Runs `body` beside a runner, and stops it.
func running(
  _ queue: JobQueue, workers: Int = 2, periodic: [PeriodicJob] = [], log: EventLog = EventLog(),
  _ handlers: [String: JobHandler], _ body: (JobRunner) throws -> Void
) throws {
  let runner = JobRunner(
    queue: queue, workers: workers, handlers: handlers, periodic: periodic, log: { log.append($0) })
  runner.start()
  defer { runner.stop(deadline: .after(milliseconds: 5000)) }
  try body(runner)
}

/// Waits until `condition` holds; false after `seconds`.
func eventually(within seconds: Double = 10, _ condition: () throws -> Bool) rethrows -> Bool {
  let deadline = Date().addingTimeInterval(seconds)
  while try !condition() {
    guard Date() < deadline else { return false }
    usleep(3000)
  }
  return true
}
