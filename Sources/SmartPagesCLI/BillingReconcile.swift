import ArgumentParser
import Billing

/// `smartpages billing reconcile`: does at once what Core does by itself over the day.
struct BillingReconcile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile", abstract: "Compares all customers with the payment provider's, and mends what differs.",
    discussion: "Ends with 1 when something could not be mended.")

  @Flag(help: "Fetches every customer with all invoices, instead of comparing lists first.")
  var all = false

  func run() throws {
    try BillingCommand.withBilling { billing in
      let tally = Tally()
      let report = try billing.reconcile(everyone: all) { finding in
        if let failure = finding.failure {
          tally.unmended += 1
          print("NOT MENDED  \(finding.stripeCustomer)  \(failure)")
        } else {
          print("mended  \(finding.stripeCustomer)  \(finding.differences.joined(separator: ", "))")
        }
      }
      print("\(report.missedEvents) events had not arrived; Core goes on with them")
      print("\(report.customers) customers compared, \(report.repaired) mended, \(tally.unmended) not")
      if tally.unmended > 0 { throw ExitCode.failure }
    }
  }

  private final class Tally {
    var unmended = 0
  }
}
