import Database
import HTTP
import Services
import Testing

@testable import Billing

@Suite("The account as the API shows it", .serialized)
struct AccountTests {
  @Test("in the trial: everything is still to choose")
  func trial() throws {
    let billing = try TestBilling()
    let account = try billing.account(billing.open())
    #expect(account["plan"] == "trial")
    #expect(account["plan_name"] == "Trial")
    #expect(account["status"] == "trialing")
    #expect(account["can_subscribe"] == true)
    for name in ["can_change", "can_cancel", "can_resume", "can_manage"] { #expect(account[name] == false) }
    for name in ["interval", "amount", "current_period_end", "cancel_at", "ended_at", "checkout", "payment_problem"] {
      #expect(account[name] == .null)
    }
    #expect(account["trial_ends_at"]?.stringValue != nil)
  }

  @Test("with a subscription: what is paid, until when, and what can be done")
  func subscribed() throws {
    let billing = try TestBilling()
    let customer = try billing.open()
    try billing.set(
      """
      stripe_customer = 'cus_1', subscription = 'sub_1', subscription_item = 'si_1', status = 'active', plan = 'small',
      price = 'price_small_month', period = 'month', amount = 500, currency = 'eur',
      period_ends_at = '2030-01-01T00:00:00Z', synced_at = now()
      """, of: customer)
    var account = try billing.account(customer)
    #expect(account["plan"] == "small")
    #expect(account["amount"] == 500)
    #expect(account["current_period_end"] == "2030-01-01T00:00:00.000Z")
    #expect(account["can_subscribe"] == false)
    #expect(account["can_change"] == true)
    #expect(account["can_cancel"] == true)
    #expect(account["can_manage"] == true)

    try billing.set("cancel_at = '2030-01-01T00:00:00Z'", of: customer)
    account = try billing.account(customer)
    #expect(account["can_resume"] == true)
    #expect(account["can_cancel"] == false)
    #expect(account["can_change"] == false)

    try billing.set("status = 'past_due', past_due_since = '2020-01-01T00:00:00Z', cancel_at = NULL", of: customer)
    account = try billing.account(customer)
    #expect(account["grace_ends_at"] == "2020-01-15T00:00:00.000Z")
    #expect(try billing.module.entitlements(of: customer).canWrite == false)

    try billing.set("status = 'canceled', ended_at = '2030-01-01T00:00:00Z'", of: customer)
    account = try billing.account(customer)
    #expect(account["plan"] == "none")
    #expect(account["ended_at"] == "2030-01-01T00:00:00.000Z")
    #expect(account["can_subscribe"] == true)
    #expect(account["amount"] == .null)
  }

  @Test("asks for a subscription before portal, change and cancellation")
  func notSubscribed() throws {
    let billing = try TestBilling()
    let customer = try billing.open()
    let module = billing.module
    #expect(problem { _ = try module.portal(billing.change(customer, [:])) }?.code == .notSubscribed)
    #expect(problem { _ = try module.setCancellation(true, billing.change(customer, [:])) }?.code == .notSubscribed)
    #expect(problem { _ = try module.setCancellation(false, billing.change(customer, [:])) }?.code == .notSubscribed)
    let wanted: JSON = ["plan": "small", "interval": "month"]
    #expect(problem { _ = try module.previewPlanChange(billing.change(customer, wanted)) }?.code == .notSubscribed)
    #expect(problem { _ = try module.portal(billing.change(customer, ["a": 1])) }?.code == .invalidBody)
  }

  @Test("knows no preview of another customer, of another time, or that is none")
  func foreignPreviews() throws {
    let billing = try TestBilling()
    let owner = try billing.open()
    let other = try billing.open("otto@example.org")
    let preview = CustomerID.new()
    for (customer, name) in [(owner, "sub_1"), (other, "sub_2")] {
      try billing.set(
        """
        status = 'active', subscription = \(name), subscription_item = 'si', price = 'price_small_month'
        """, of: customer)
    }
    try billing.database.execute(
      """
      INSERT INTO billing.previews (id, customer_id, subscription, plan, period, price, from_price, proration_at)
      VALUES (\(preview.uuid), \(owner.uuid), 'sub_1', 'large', 'year', 'price_large_year', 'price_small_month', now())
      """)
    let body: JSON = ["preview": .string(preview.text)]
    #expect(problem { _ = try billing.module.changePlan(billing.change(other, body)) }?.code == .notFound)
    #expect(problem { _ = try billing.module.changePlan(billing.change(owner, ["preview": "x"])) }?.code == .notFound)
    #expect(problem { _ = try billing.module.changePlan(billing.change(owner, body)) }?.code == .paymentUnavailable)
    // Another change came between: the amounts that were shown are others now.
    try billing.set("price = 'price_small_year'", of: owner)
    #expect(problem { _ = try billing.module.changePlan(billing.change(owner, body)) }?.code == .conflict)
    try billing.set("price = 'price_small_month'", of: owner)
    try billing.database.execute("UPDATE billing.previews SET proration_at = now() - interval '901 seconds'")
    #expect(problem { _ = try billing.module.changePlan(billing.change(owner, body)) }?.code == .notFound)
  }

  @Test("has a list of invoices, newest first, page by page")
  func invoices() throws {
    let billing = try TestBilling()
    let customer = try billing.open()
    let other = try billing.open("otto@example.org")
    for number in 0..<5 {
      try billing.database.execute(
        """
        INSERT INTO billing.invoices (id, customer_id, status, amount, remaining, currency, created_at)
        VALUES (
          \("in_\(number)"), \(number == 4 ? other.uuid : customer.uuid), 'paid', \(number * 100), 0, 'eur',
          '2030-01-01T00:00:00Z'::timestamptz + \(number / 2) * interval '1 day'
        )
        """)
    }
    var found: [String] = []
    var after: String?
    repeat {
      let list = try JSONParser.parse(
        billing.module.invoices(ListPage(limit: 1, after: after), billing.caller(customer)))
      found += list["items"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
      after = list["next"]?.stringValue
    } while after != nil
    #expect(found == ["in_3", "in_2", "in_1", "in_0"])
    #expect(
      problem { _ = try billing.module.invoices(ListPage(after: "x"), billing.caller(customer)) }?.code
        == .unknownParameter)
  }
}
