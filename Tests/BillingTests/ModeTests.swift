import Database
import HTTP
import HTTPClient
import Services
import Testing

@testable import Billing

@Suite("Test and live mode")
struct ModeTests {
  @Test("never mix: a database with subscriptions of one refuses a key of the other, until they are let go")
  func mismatch() throws {
    let billing = try TestBilling()
    let live = BillingModule(
      jobs: billing.module.jobs, mailer: billing.mailer,
      stripe: StripeAPI(client: HTTPClient(), origin: "http://127.0.0.1:9", key: "sk_live_1"),
      plans: .sample(), settings: billing.module.settings)
    try billing.module.admitMode()
    try live.admitMode()
    try billing.module.admitMode()
    let customer = try billing.open()
    try billing.set("stripe_customer = 'cus_1', status = 'active', price = 'price_small_month'", of: customer)
    try billing.module.admitMode()
    #expect(throws: ModeMismatch.self) { try live.admitMode() }
    #expect(try live.forgetSubscriptions() == 1)
    try live.admitMode()
    #expect(throws: Never.self) { try live.admitMode() }
    #expect(try live.entitlements(of: customer).plan == "trial")
  }
}
