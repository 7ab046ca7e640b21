import Database
import HTTP
import Services
import Testing

@testable import Billing

@Suite("What follows from a change of state")
struct ConsequencesTests {
  private static let customer = CustomerID.new()
  private static let now = Timestamp(microseconds: 4000 * 1_000_000)

  private static func mails(
    _ before: AccountState, _ after: AccountState, newlyPaid: [StripeInvoice] = [], invoices: [StripeInvoice] = [],
    now: Timestamp = now
  ) -> [String] {
    Consequences(before: before, after: after, newlyPaid: newlyPaid, now: now).mails(
      customer: customer, change: 7, dashboard: "https://app.example", planName: { $0 ?? "none" }, invoices: invoices
    ).map { $0.matter ?? "" }
  }

  private static func state(_ status: String, price: String = "price_start_month", endedAt: Int64? = nil) throws
    -> AccountState
  {
    AccountStateTests.state([try AccountStateTests.subscription("sub_1", status, price: price, endedAt: endedAt)])
  }

  private static func owing(_ obstacle: StripeSnapshot.Obstacle, _ status: String = "past_due") throws -> AccountState {
    AccountStateTests.state(
      [try AccountStateTests.subscription("sub_1", status)], [try AccountStateTests.invoice()], obstacle: obstacle)
  }

  @Test("Nothing changes, nothing follows", arguments: SubscriptionStatus.allCases)
  func nothing(_ status: SubscriptionStatus) throws {
    let state = try Self.state(status.rawValue, endedAt: 3900)
    let consequences = Consequences(before: state, after: state, newlyPaid: [], now: Self.now)
    #expect(Self.mails(state, state).isEmpty)
    #expect(!consequences.isChange)
    #expect(!consequences.changesEntitlements)
    #expect(consequences.cancelledMatters.isEmpty)
  }

  @Test("A receipt for each invoice that is newly paid, in their order, unless it is old or nothing was paid")
  func receipts() throws {
    let free = try StripeInvoice([
      "id": "in_9", "status": "paid", "total": 0, "amount_paid": 0, "currency": "eur", "created": 3000,
    ])
    let paid = [
      try AccountStateTests.invoice("in_2", "paid", created: 3000, paidAt: 3001),
      try AccountStateTests.invoice("in_1", "paid", created: 2000, paidAt: 2001), free,
    ]
    let active = try Self.state("active")
    #expect(Self.mails(AccountState(), active, newlyPaid: paid) == ["receipt:in_1", "receipt:in_2"])
    let later = Timestamp(microseconds: (2500 + 3 * 86_400) * 1_000_000)
    #expect(Self.mails(AccountState(), active, newlyPaid: paid, now: later) == ["receipt:in_2"])
  }

  @Test("A payment that fails is told once, and what the bank asks for as such")
  func payments() throws {
    let (active, failed) = (try Self.state("active"), try Self.owing(.failed))
    let needed = try Self.owing(.actionNeeded)
    let invoices = [try AccountStateTests.invoice()]
    #expect(Self.mails(active, failed, invoices: invoices) == ["payment_failed:in_1"])
    #expect(Self.mails(failed, failed, invoices: invoices).isEmpty)
    #expect(Self.mails(active, needed, invoices: invoices) == ["action_needed:in_1"])
    let turn = Consequences(before: needed, after: failed, newlyPaid: [], now: Self.now)
    #expect(turn.cancelledMatters == ["action_needed:in_1"])
    let mended = Consequences(before: failed, after: active, newlyPaid: [], now: Self.now)
    #expect(mended.cancelledMatters == ["payment_failed:in_1", "action_needed:in_1"])
  }

  @Test("Who is just paying for the first time is not written to")
  func firstPayment() throws {
    let incomplete = try Self.owing(.actionNeeded, "incomplete")
    #expect(Self.mails(AccountState(), incomplete, invoices: [try AccountStateTests.invoice()]).isEmpty)
  }

  @Test("The end is told once, unless it was long ago")
  func end() throws {
    let (active, ended) = (try Self.state("active"), try Self.state("canceled", endedAt: 3900))
    #expect(Self.mails(active, ended) == ["subscription_ended:sub_1"])
    #expect(Self.mails(AccountState(), ended) == ["subscription_ended:sub_1"])
    #expect(Self.mails(ended, ended).isEmpty)
    #expect(Self.mails(active, ended, now: Timestamp(microseconds: (4000 + 3 * 86_400) * 1_000_000)).isEmpty)
    #expect(Self.mails(active, try Self.state("incomplete_expired")).isEmpty)
  }

  @Test("Another plan is told by the number of the change; the first one is not a change")
  func plan() throws {
    let (start, agency) = (try Self.state("active"), try Self.state("active", price: "price_agency_month"))
    #expect(Self.mails(start, agency) == ["plan_changed:\(Self.customer.text):7"])
    #expect(Self.mails(AccountState(), start).isEmpty)
    #expect(Self.mails(try Self.state("canceled", endedAt: 3900), agency).isEmpty)
    #expect(Self.mails(start, try Self.state("active", price: "price_of_no_plan")).isEmpty)
  }

  @Test("Entitlements follow status, plan, grace and end")
  func entitlements() throws {
    let active = try Self.state("active")
    for other in [
      try Self.state("unpaid"), try Self.state("active", price: "price_agency_month"), try Self.owing(.failed),
      AccountStateTests.state([try AccountStateTests.subscription(cancelAt: 4500)]), AccountState(),
    ] {
      #expect(Consequences(before: active, after: other, newlyPaid: [], now: Self.now).changesEntitlements)
    }
  }
}
