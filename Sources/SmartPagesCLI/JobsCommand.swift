import ArgumentParser
import Configuration
import Database
import Jobs

/// `smartpages jobs`: how the queue does, and a second chance for what was given up.
struct JobsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jobs", abstract: "Shows the queue of jobs, or tries a discarded job again.")

  @Option(help: "The id of a discarded job to try again.")
  var retry: Int?

  func run() throws {
    let database = Database(.init(conninfo: try Settings().text("SMARTPAGES_DATABASE_URL"))) { _ in }
    defer { database.close() }
    let queue = JobQueue(database: database)
    if let retry {
      guard try queue.retry(retry) else { throw ValidationError("There is no discarded job \(retry).") }
      print("job \(retry) will run again")
      return
    }
    let state = try queue.statistics()
    print("available  \(state.available), the oldest due for \(Int(state.oldestSeconds)) s")
    print("scheduled  \(state.scheduled)")
    print("running    \(state.running)")
    print("discarded  \(state.discarded)")
    for job in try queue.discarded(limit: 20) { print("  \(job.id)  \(job.kind)  \(job.error)") }
  }
}
