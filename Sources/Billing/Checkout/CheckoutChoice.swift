import HTTP
import Services

/// What a customer wants to buy. Price, amount and addresses are never the client's: they follow from the plan.
struct CheckoutChoice: Sendable, Equatable {
  let plan: Plan
  let price: Price
  /// As typed, without space around it.
  let promotionCode: String?

  /// Reads `{plan, interval, promotion_code?}`.
  ///
  /// - Throws: ``Problem`` of 422.
  init(_ body: JSON, _ plans: Plans) throws {
    var reader = try ObjectReader(body)
    let chosen = PlanChoice(&reader, plans)
    let code = reader.optionalString("promotion_code", minimum: 1, maximum: 100)
    if let code, !code.allSatisfy({ $0.isLetter || $0.isNumber || "-_ ".contains($0) }) {
      reader.refuse("promotion_code", .invalid)
    }
    try reader.finish()
    guard let chosen else { throw Problem(.internalError) }
    plan = chosen.plan
    price = chosen.price
    promotionCode = code.map { String($0.filter { !$0.isWhitespace }) }
  }
}

/// A plan and how often it is paid.
struct PlanChoice: Sendable {
  let plan: Plan
  let price: Price

  /// Reads the members `plan` and `interval`; nil, with the fault noted, when they name nothing that is sold.
  init?(_ reader: inout ObjectReader, _ plans: Plans) {
    let id = reader.string("plan", minimum: 1, maximum: 40)
    if !reader.has("interval") { reader.refuse("interval", .required) }
    let period = reader.optionalCase("interval", Period.self)
    guard !id.isEmpty else { return nil }
    guard let plan = plans.plan(id) else {
      reader.refuse("plan", .notAllowed)
      return nil
    }
    guard let period else { return nil }
    guard let price = plan.price(period) else {
      reader.refuse("interval", .notAllowed)
      return nil
    }
    self.plan = plan
    self.price = price
  }
}
