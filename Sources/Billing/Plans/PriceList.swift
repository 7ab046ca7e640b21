package import HTTP
package import Services

extension BillingModule {
  package func plans(_ language: Language) -> [UInt8] {
    priceLists[language] ?? []
  }

  package func plan(allowing limit: KeyPath<Entitlements.Limits, Int>, above count: Int) -> String? {
    plans.all.first { $0.limits[keyPath: limit] > count }?.id
  }

  package var cheapestPlan: String { plans.cheapest.id }
}

/// The plans as the API shows them, rendered once for each language.
enum PriceList {
  static func render(_ plans: Plans, trialDays: Int) -> [Language: [UInt8]] {
    Dictionary(
      uniqueKeysWithValues: Language.allCases.map { ($0, json(plans, trialDays: trialDays, $0).bytes) })
  }

  private static func json(_ plans: Plans, trialDays: Int, _ language: Language) -> JSON {
    [
      "currency": .string(plans.currency),
      "trial": ["days": .integer(Int64(trialDays)), "card": .bool(plans.trialNeedsCard)],
      "plans": .array(plans.all.map { json($0, currency: plans.currency, language) }),
    ]
  }

  private static func json(_ plan: Plan, currency: String, _ language: Language) -> JSON {
    [
      "id": .string(plan.id), "name": .string(plan.name(language)),
      "description": .string(plan.descriptions[language] ?? ""),
      "prices": .array(
        plan.prices.map {
          [
            "interval": .string($0.period.rawValue), "amount": .integer($0.amount), "currency": .string(currency),
          ]
        }),
      "entitlements": json(plan.limits),
    ]
  }

  private static func json(_ limits: Entitlements.Limits) -> JSON {
    [
      "sites": .integer(Int64(limits.sites)), "pages": .integer(Int64(limits.pages)),
      "links": .integer(Int64(limits.links)), "domains": .integer(Int64(limits.domains)),
      "members": .integer(Int64(limits.members)), "versions": .integer(Int64(limits.versions)),
      "statistics_days": .integer(Int64(limits.statisticsDays)), "badge": .bool(limits.badge),
    ]
  }
}
