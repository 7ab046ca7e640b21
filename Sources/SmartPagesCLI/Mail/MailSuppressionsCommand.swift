import ArgumentParser
import Configuration
import Database
import Mailer
import Services

/// `smartpages mail suppressions`: who gets no mail, and how that is ended.
struct MailSuppressionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suppressions", abstract: "Lists the addresses that get no mail, or lets one have mails again.")

  @Option(help: "The address that may have mails again. Lift it at Resend too, which keeps a list of its own.")
  var lift: String?

  @Option(help: "How many are listed, the newest first.")
  var limit = 100

  func run() throws {
    let database = Database(.init(conninfo: try Settings().text("SMARTPAGES_DATABASE_URL"))) { _ in }
    defer { database.close() }
    let suppressions = Suppressions(database)
    if let lift {
      guard let address = EmailAddress(lift) else { throw ValidationError("\(lift) is no e-mail address.") }
      guard try suppressions.lift(address.text) else { throw ValidationError("\(address.text) is not suppressed.") }
      print("\(address.text) may have mails again; Resend keeps a list of its own")
      return
    }
    let entries = try suppressions.list(limit: max(1, limit))
    for entry in entries { print("\(entry.address)  \(entry.reason)  since \(entry.since.rfc3339)") }
    if entries.isEmpty { print("no address is suppressed") }
  }
}
