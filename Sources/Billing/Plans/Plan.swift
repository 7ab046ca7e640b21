import HTTP
import Services

/// One plan that the operator sells.
struct Plan: Sendable, Equatable {
  /// Its name in the API and in the database.
  let id: String
  let names: [Language: String]
  let descriptions: [Language: String]
  /// One for each period that can be bought.
  let prices: [Price]
  let limits: Entitlements.Limits

  func name(_ language: Language) -> String { names[language] ?? id }

  func price(_ period: Period) -> Price? {
    prices.first { $0.period == period }
  }

  /// What a month costs by the cheapest price, in hundredths of the smallest unit: plans are ordered by it.
  var monthly: Int64 {
    prices.map { $0.amount * 100 / ($0.period == .month ? 1 : 12) }.min() ?? 0
  }
}

/// What a plan costs for one period.
struct Price: Sendable, Equatable {
  let period: Period
  /// In the smallest unit of the plans' currency.
  let amount: Int64
  /// Stripe's id, in the mode of the key that is in use.
  let id: String
  /// Ids of prices that are not sold any more, whose subscribers keep the plan.
  let earlier: [String]
}

/// How often is paid.
enum Period: String, Sendable, CaseIterable {
  case month, year
}
