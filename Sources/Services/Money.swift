package import HTTP

/// An amount in the smallest unit of its currency.
package struct Money: Sendable, Equatable {
  package let amount: Int64
  /// ISO 4217, in lower case as Stripe writes it.
  package let currency: String

  package init(amount: Int64, currency: String) {
    self.amount = amount
    self.currency = currency
  }

  /// The amount as people write it: `€5.00`, `5,00 €`; other currencies by their code.
  package func text(_ language: Language) -> String {
    let isNegative = amount < 0
    let magnitude = amount.magnitude
    let digits = Self.withoutMinorUnit.contains(currency) ? 0 : 2
    let unit: UInt64 = digits == 0 ? 1 : 100
    var number = grouped(magnitude / unit, language == .german ? "." : ",")
    if digits > 0 {
      let minor = magnitude % unit
      number += (language == .german ? "," : ".") + (minor < 10 ? "0" : "") + String(minor)
    }
    let sign = isNegative ? "-" : ""
    switch (language, Self.symbols[currency]) {
    case (.english, let symbol?): return sign + symbol + number
    case (.german, let symbol?): return "\(sign)\(number)\u{A0}\(symbol)"
    case (_, nil): return "\(sign)\(number)\u{A0}\(currency.uppercased())"
    }
  }

  private func grouped(_ value: UInt64, _ separator: Character) -> String {
    var output = ""
    let digits = Array(String(value))
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { output.append(separator) }
      output.append(digit)
    }
    return output
  }

  private static let symbols = ["eur": "€", "usd": "$", "gbp": "£"]
  /// Currencies that have no smaller unit (https://docs.stripe.com/currencies#zero-decimal).
  private static let withoutMinorUnit: Set<String> = [
    "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "ugx", "vnd", "vuv", "xaf", "xof", "xpf",
  ]
}
