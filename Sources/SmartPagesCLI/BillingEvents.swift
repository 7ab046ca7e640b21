import ArgumentParser
import Billing
import Database

/// `smartpages billing events`: what is in the inbox.
struct BillingEvents: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "Lists the events of the inbox, newest first.",
    discussion: "States: received, processed, parked (not for us or not yet), dead (given up).")

  @Option(help: "Only events of this state.")
  var state: String?

  @Option(help: "Only events of this type, as in invoice.paid.")
  var type: String?

  @Option(help: "Only events received since this moment, as in 2026-11-21T12:00:00Z.")
  var since: Timestamp?

  @Option(help: "How many at most.")
  var limit = 50

  func run() throws {
    var filter = InboxFilter()
    filter.state = state
    filter.type = type
    filter.since = since
    try BillingCommand.withBilling { billing in
      let events = try billing.events(filter, limit: limit)
      for event in events {
        let customer = event.stripeCustomer ?? "-"
        print(
          "\(event.receivedAt.rfc3339)  \(event.state)  \(event.id)  \(event.type)  \(customer)  \(event.reason ?? "")")
      }
      if events.isEmpty { print("there are no such events") }
    }
  }
}

extension Timestamp: ExpressibleByArgument {
  package init?(argument: String) {
    self.init(rfc3339: argument)
  }
}
