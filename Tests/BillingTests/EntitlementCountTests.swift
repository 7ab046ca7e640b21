import Database
import Services
import Testing

@testable import Billing

@Suite("Entitlements with a count")
struct EntitlementCountTests {
  @Test("are those without, and count by the caller's statement with its parameters", arguments: [nil, "active"])
  func together(_ status: String?) throws {
    let billing = try TestBilling()
    let customer = try billing.open()
    try billing.set("status = \(status), price = 'price_large_month'", of: customer)
    let expected = try billing.module.entitlements(of: customer)
    let found = try billing.database.transaction { transaction in
      try billing.module.entitlements(
        of: customer,
        counting: "SELECT count(*) FROM generate_series(1, \(7)) AS numbers (number) WHERE number > \(2)",
        in: transaction)
    }
    #expect(found.entitlements == expected)
    #expect(found.count == 5)
  }

  @Test("are nothing without an account, and still count")
  func unknown() throws {
    let billing = try TestBilling()
    let found = try billing.database.transaction { transaction in
      try billing.module.entitlements(of: .new(), counting: "SELECT \(3)::bigint", in: transaction)
    }
    #expect(found.entitlements == billing.module.table.nothing)
    #expect(found.count == 3)
  }
}
