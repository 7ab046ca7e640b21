import ArgumentParser
import Billing

/// `smartpages billing forget`: the way from Stripe's test mode to its live mode.
struct BillingForget: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Lets go of all subscriptions, as after a change from test to live keys. Nothing changes at Stripe.")

  @Flag(help: "Do it without asking.")
  var yes = false

  func run() throws {
    if !yes {
      print(
        "Everybody will be without a plan here, whatever they have at Stripe. Type \"forget\" to go on: ",
        terminator: "")
      guard readLine() == "forget" else { throw ValidationError("Nothing was changed.") }
    }
    try BillingCommand.withBilling {
      print("\(try $0.forgetSubscriptions()) accounts are as before their first purchase")
    }
  }
}
