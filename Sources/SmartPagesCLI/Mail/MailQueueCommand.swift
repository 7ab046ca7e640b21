import ArgumentParser
import Configuration
import Database
import Jobs
import Mailer

/// `smartpages mail queue`: what waits, what went wrong, and whether mails leave at all.
struct MailQueueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue", abstract: "Shows what waits in the outbox, what was not sent, and whether mails leave.")

  @Flag(help: "Tries to send at once, for example after a key was replaced, instead of at the next probe.")
  var resume = false

  func run() throws {
    let database = Database(.init(conninfo: try Settings().text("SMARTPAGES_DATABASE_URL"))) { _ in }
    defer { database.close() }
    let operation = MailOperation(JobQueue(database: database))
    if resume { try operation.resume() }
    let state = try operation.statistics()
    if let halted = state.halted {
      print("halted since \(halted.since.rfc3339): \(halted.reason)")
    }
    if let opensAt = state.opensAt { print("the next mail leaves at \(opensAt.rfc3339)") }
    if state.halted == nil, state.opensAt == nil { print("mails leave") }
    for lane in MailLane.allCases { print("waiting \(lane): \(state.waiting[lane] ?? 0)") }
    print("the oldest waits for \(Int(state.oldestSeconds)) s")
    for entry in state.settled { print("\(entry.state): \(entry.count)") }
    print("suppressed addresses: \(state.suppressedAddresses)")
    for mail in try operation.unknown(limit: 20) { print("  \(mail.mail)  \(mail.template)  \(mail.reason)") }
  }
}
