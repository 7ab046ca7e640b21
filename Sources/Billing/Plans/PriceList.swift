package import HTTP
package import Services

extension BillingModule {
  package func plans(_ language: Language) -> [UInt8] { [] }

  package func plan(allowing limit: KeyPath<Entitlements.Limits, Int>, above count: Int) -> String? { nil }

  package var cheapestPlan: String { "" }
}
