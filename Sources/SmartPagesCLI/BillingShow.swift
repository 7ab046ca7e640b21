import ArgumentParser
import Billing

/// `smartpages billing show`: all that is known of one account.
struct BillingShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows a customer's account.")

  @Argument(help: "The customer's id, e-mail address, or customer at the payment provider.")
  var customer: String

  func run() throws {
    try BillingCommand.withBilling { billing in
      let accounts = try billing.accountView(customer)
      guard !accounts.isEmpty else { throw ValidationError("There is no such customer.") }
      for account in accounts {
        for (name, value) in account {
          print("\(name.padded(to: 18))\(value)")
        }
      }
    }
  }
}

extension String {
  fileprivate func padded(to length: Int) -> String {
    self + String(repeating: " ", count: max(1, length - count))
  }
}
