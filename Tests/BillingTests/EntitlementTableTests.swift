import HTTP
import Services
import Testing

@testable import Billing

/// One line of the table: status, whether the trial still runs, days since a payment is owed, and what follows.
struct TableRow: Sendable, CustomTestStringConvertible {
  let status: SubscriptionStatus?
  let inTrial: Bool
  var owedDays: Int64?
  let plan: String
  let shown: Entitlements.Status
  let writes: Bool
  let sites: Int

  init(
    _ status: SubscriptionStatus?, inTrial: Bool, owedDays: Int64? = nil, plan: String, _ shown: Entitlements.Status,
    writes: Bool, sites: Int
  ) {
    (self.status, self.inTrial, self.owedDays) = (status, inTrial, owedDays)
    (self.plan, self.shown, self.writes, self.sites) = (plan, shown, writes, sites)
  }

  var testDescription: String { "\(status?.rawValue ?? "none"), trial \(inTrial), owed \(owedDays ?? -1)" }
}

@Suite("The table of entitlements")
struct EntitlementTableTests {
  private let now = Instant(seconds: 1_800_000_000)

  @Test(
    "knows each status, inside and after the trial",
    arguments: [
      TableRow(nil, inTrial: true, plan: "trial", .trialing, writes: true, sites: 3),
      TableRow(nil, inTrial: false, plan: "trial", .trialEnded, writes: false, sites: 3),
      TableRow(.incomplete, inTrial: true, plan: "trial", .incomplete, writes: true, sites: 3),
      TableRow(.incomplete, inTrial: false, plan: "trial", .incomplete, writes: false, sites: 3),
      TableRow(.incompleteExpired, inTrial: true, plan: "trial", .trialing, writes: true, sites: 3),
      TableRow(.incompleteExpired, inTrial: false, plan: "trial", .trialEnded, writes: false, sites: 3),
      TableRow(.trialing, inTrial: true, plan: "small", .trialing, writes: true, sites: 1),
      TableRow(.trialing, inTrial: false, plan: "small", .trialing, writes: true, sites: 1),
      TableRow(.active, inTrial: true, plan: "small", .active, writes: true, sites: 1),
      TableRow(.active, inTrial: false, plan: "small", .active, writes: true, sites: 1),
      TableRow(.pastDue, inTrial: false, owedDays: 0, plan: "small", .pastDue, writes: true, sites: 1),
      TableRow(.pastDue, inTrial: false, owedDays: 13, plan: "small", .pastDue, writes: true, sites: 1),
      TableRow(.pastDue, inTrial: false, owedDays: 14, plan: "small", .pastDue, writes: false, sites: 1),
      TableRow(.pastDue, inTrial: false, plan: "small", .pastDue, writes: false, sites: 1),
      TableRow(.unpaid, inTrial: true, plan: "small", .unpaid, writes: true, sites: 3),
      TableRow(.unpaid, inTrial: false, plan: "small", .unpaid, writes: false, sites: 1),
      TableRow(.paused, inTrial: true, plan: "small", .paused, writes: true, sites: 3),
      TableRow(.paused, inTrial: false, plan: "small", .paused, writes: false, sites: 1),
      TableRow(.canceled, inTrial: true, plan: "none", .canceled, writes: true, sites: 3),
      TableRow(.canceled, inTrial: false, plan: "none", .canceled, writes: false, sites: 1),
    ])
  func row(_ row: TableRow) {
    let found = entitlements(row)
    #expect(found.plan == row.plan)
    #expect(found.status == row.shown)
    #expect(found.canWrite == row.writes)
    #expect(found.allow(.publish, at: now) == row.writes)
    #expect(found.limits.sites == row.sites)
  }

  @Test("ends writing by itself, at the very moment, with the trial and with the grace period")
  func ends() {
    let trial = table.entitlements(.init(trialEndsAt: now))
    #expect(trial.allow(.write, at: Instant(microseconds: now.microseconds - 1)))
    #expect(!trial.allow(.write, at: now))
    let owed = table.entitlements(
      .init(status: .pastDue, price: "price_small_month", trialEndsAt: now, pastDueSince: now))
    #expect(owed.endsAt == now.adding(seconds: 14 * 86_400))
    #expect(owed.allow(.write, at: now.adding(seconds: 14 * 86_400 - 1)))
    #expect(!owed.allow(.write, at: now.adding(seconds: 14 * 86_400)))
  }

  @Test("gives a price of no plan what the cheapest plan has, and never more", arguments: ["price_gone", nil])
  func unknownPrice(_ price: String?) {
    let found = table.entitlements(.init(status: .active, price: price, trialEndsAt: now))
    #expect(found.canWrite)
    #expect(found.plan == "small")
    #expect(found.limits.sites == 1)
  }

  @Test("lets subscribers of an earlier price keep their plan")
  func earlierPrice() {
    #expect(table.entitlements(.init(status: .active, price: "price_large_old", trialEndsAt: now)).plan == "large")
  }

  @Test("lets nobody write before the checkout when the trial asks for a card", arguments: [true, false])
  func card(_ inTrial: Bool) {
    let table = EntitlementTable(plans: .sample(needsCard: true), graceDays: 14)
    let ends = now.adding(seconds: inTrial ? 100 : -100)
    for status in [nil, .incomplete, .incompleteExpired, .canceled, .unpaid, .paused] as [SubscriptionStatus?] {
      #expect(!table.entitlements(.init(status: status, trialEndsAt: ends)).at(now).canWrite)
    }
    #expect(table.entitlements(.init(status: .trialing, price: "price_large_year", trialEndsAt: ends)).canWrite)
  }

  @Test("allows nothing without an account")
  func nothing() {
    #expect(!table.nothing.allow(.write, at: now))
  }

  private var table: EntitlementTable { EntitlementTable(plans: .sample(), graceDays: 14) }

  private func entitlements(_ row: TableRow) -> Entitlements {
    table.entitlements(
      .init(
        status: row.status, price: "price_small_month", trialEndsAt: now.adding(seconds: row.inTrial ? 60 : -60),
        pastDueSince: row.owedDays.map { now.adding(seconds: -$0 * 86_400) }), at: now
    ).at(now)
  }
}
