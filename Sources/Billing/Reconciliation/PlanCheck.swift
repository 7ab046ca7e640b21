import HTTP

extension BillingModule {
  /// Holds the plans against Stripe: each price must be there, be sold, cost what the file says, and be of the key's
  /// mode.
  ///
  /// - Returns: what is wrong, a line each; nothing when all is well.
  package func checkPlans() throws -> [String] {
    var mistakes: [String] = []
    let pace = Pace()
    for plan in plans.all {
      for price in plan.prices {
        let name = "\(plan.id) by \(price.period.rawValue) (\(price.id))"
        do {
          let json = try pace.run { try stripe.get("/v1/prices/\(price.id)") }
          mistakes += Self.mistakes(json, price, currency: plans.currency, isLive: stripe.isLive).map {
            "\(name): \($0)"
          }
        } catch let failure as StripeError where failure.isFinal {
          mistakes.append("\(name): Stripe has no such price")
        }
      }
    }
    return mistakes
  }

  static func mistakes(_ json: JSON, _ price: Price, currency: String, isLive: Bool) -> [String] {
    var mistakes: [String] = []
    func hold(_ name: String, _ expected: JSON, _ found: JSON?) {
      guard found != expected else { return }
      mistakes.append("\(name) is \(text(found)) at Stripe and \(text(expected)) in the plans")
    }
    func text(_ value: JSON?) -> String { value.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "nothing" }
    hold("active", true, json["active"])
    hold("unit_amount", .integer(price.amount), json["unit_amount"])
    hold("currency", .string(currency), json["currency"])
    hold("interval", .string(price.period.rawValue), json["recurring"]?["interval"])
    hold("interval_count", 1, json["recurring"]?["interval_count"])
    hold("livemode", .bool(isLive), json["livemode"])
    return mistakes
  }
}
