import FoundationEssentials
import HTTP
package import Services

extension BillingModule {
  package func portal(_ change: Change) throws -> [UInt8] {
    try readNothing(change)
    let account = try accountRecord(of: change.caller.customer)
    guard let customer = account.stripeCustomer else { throw Problem(.notSubscribed) }
    return try waitingOutside {
      let form: Form = [
        "customer": customer, "return_url": "\(settings.dashboard)/billing?portal=done",
        "locale": change.caller.language.rawValue,
      ]
      do {
        let session = try stripe.post(
          "/v1/billing_portal/sessions", form, idempotencyKey: UUID().uuidString.lowercased())
        guard let url = session["url"]?.stringValue, isStripes(url) else {
          throw StripeError.unreadable(requestID: nil)
        }
        return JSON.object([.init("url", .string(url))]).bytes
      } catch let error as StripeError {
        guard error.isMissing else { throw error }
        // What is stored of a deleted customer's subscription goes with the fetch.
        try synchronize(account.customer, patiently: true)
        throw Problem(.notSubscribed)
      }
    }
  }

  /// Whether a page is one that a person may be sent to: never over an open line, but to a stand-in.
  func isStripes(_ url: String) -> Bool {
    url.hasPrefix("https://") || url.hasPrefix("\(stripe.origin)/")
  }

  /// Reads a body in which nothing may stand.
  func readNothing(_ change: Change) throws {
    var reader = try ObjectReader(change.body)
    try reader.finish()
    try refuseReusedKey(change)
  }
}
