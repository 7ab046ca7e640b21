import HTTP
import Services

/// What the operator sells, read from a file once.
package struct Plans: Sendable {
  /// Of all prices; ISO 4217 in lower case.
  let currency: String
  /// What a trial allows.
  let trial: Entitlements.Limits
  /// Whether a trial begins with the checkout, which asks for a payment method.
  let trialNeedsCard: Bool
  /// The length of a trial that the file names; the setting goes before it.
  package let trialDays: Int?
  /// Cheapest first; never empty.
  let all: [Plan]

  private let places: [String: (plan: Int, period: Period)]

  init(currency: String, trial: Entitlements.Limits, trialNeedsCard: Bool, trialDays: Int?, all: [Plan]) {
    self.currency = currency
    self.trial = trial
    self.trialNeedsCard = trialNeedsCard
    self.trialDays = trialDays
    let sorted = all.sorted { $0.monthly < $1.monthly }
    self.all = sorted
    var places: [String: (plan: Int, period: Period)] = [:]
    for (index, plan) in sorted.enumerated() {
      for price in plan.prices {
        for id in [price.id] + price.earlier { places[id] = (index, price.period) }
      }
    }
    self.places = places
  }

  /// What a trial allows unless the file says otherwise.
  static let usualTrial = Entitlements.Limits(
    sites: 3, pages: 50, links: 200, versions: 20, domains: 0, members: 1, statisticsDays: 30, badge: true)

  func plan(_ id: String) -> Plan? {
    all.first { $0.id == id }
  }

  /// The plan that a price of Stripe's belongs to; nil when it stands in none.
  func plan(priced id: String) -> (plan: Plan, period: Period)? {
    places[id].map { (all[$0.plan], $0.period) }
  }

  var cheapest: Plan { all[0] }
}
