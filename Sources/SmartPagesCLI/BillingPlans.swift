import ArgumentParser
import Billing

/// `smartpages billing plans check`: whether the plans can be sold as they stand.
struct BillingPlans: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plans", abstract: "Looks after the plans.", subcommands: [Check.self])

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Holds the file of plans against the payment provider's prices.")

    func run() throws {
      try BillingCommand.withBilling { billing in
        let mistakes = try billing.checkPlans()
        for mistake in mistakes { print(mistake) }
        if !mistakes.isEmpty { throw ExitCode.failure }
        print("the plans and their prices agree")
      }
    }
  }
}
