import ArgumentParser
import Billing
import Database

/// `smartpages billing replay`: a second chance for events, above all those that were given up.
struct BillingReplay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Has the customers of events be fetched from the payment provider again.",
    discussion: "Core does the work. To repeat an event changes nothing that is right already.")

  @Argument(help: "Ids of events.")
  var ids: [String] = []

  @Option(help: "All events of this type.")
  var type: String?

  @Option(help: "All events received since this moment, as in 2026-11-21T12:00:00Z.")
  var since: Timestamp?

  @Option(help: "All events of this state, as in dead.")
  var state: String?

  func validate() throws {
    guard !ids.isEmpty || type != nil || since != nil || state != nil else {
      throw ValidationError("Name events, or choose them by --type, --since or --state.")
    }
  }

  func run() throws {
    var filter = InboxFilter()
    filter.ids = ids
    filter.state = state
    filter.type = type
    filter.since = since
    try BillingCommand.withBilling { billing in
      let count = try billing.replay(filter)
      print("\(count) events go again")
      if count == 0 { throw ExitCode.failure }
    }
  }
}
