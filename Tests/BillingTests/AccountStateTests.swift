import Database
import HTTP
import Testing

@testable import Billing

@Suite("What an account becomes by what Stripe told")
struct AccountStateTests {
  static func subscription(
    _ id: String = "sub_1", _ status: String = "active", created: Int64 = 1000, cancelAt: Int64? = nil,
    cancelsAtPeriodEnd: Bool = false, price: String = "price_start_month", endedAt: Int64? = nil
  ) throws -> StripeSubscription {
    try StripeSubscription([
      "id": .string(id), "object": "subscription", "status": .string(status), "created": .integer(created),
      "cancel_at": cancelAt.map { .integer($0) } ?? .null, "cancel_at_period_end": .bool(cancelsAtPeriodEnd),
      "ended_at": endedAt.map { .integer($0) } ?? .null, "currency": "eur", "latest_invoice": "in_1",
      "items": [
        "data": [
          [
            "id": "si_1", "quantity": 1, "current_period_end": 5000,
            "price": [
              "id": .string(price), "unit_amount": 500, "currency": "eur", "recurring": ["interval": "month"],
            ],
          ]
        ]
      ],
    ])
  }

  static func invoice(
    _ id: String = "in_1", _ status: String = "open", created: Int64 = 2000, attempts: Int64 = 1,
    subscription: String = "sub_1", paidAt: Int64? = nil
  ) throws -> StripeInvoice {
    try StripeInvoice([
      "id": .string(id), "number": "A-1", "status": .string(status), "total": 500, "currency": "eur",
      "amount_paid": .integer(status == "paid" ? 500 : 0), "amount_remaining": .integer(status == "paid" ? 0 : 500),
      "created": .integer(created), "attempt_count": .integer(attempts),
      "status_transitions": [
        "finalized_at": .integer(created + 10), "paid_at": paidAt.map { .integer($0) } ?? .null,
      ],
      "parent": ["subscription_details": ["subscription": .string(subscription)]],
    ])
  }

  static func state(
    _ subscriptions: [StripeSubscription], _ invoices: [StripeInvoice] = [],
    obstacle: StripeSnapshot.Obstacle? = nil
  ) -> AccountState {
    AccountState(
      StripeSnapshot(isDeleted: false, subscriptions: subscriptions, invoices: invoices, obstacle: obstacle)
    ) { ["price_start_month": "start", "price_agency_month": "agency"][$0] }
  }

  private static func at(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: seconds * 1_000_000) }

  @Test("Nothing without a subscription")
  func nothing() {
    #expect(Self.state([]) == AccountState())
  }

  @Test("Each status is kept as it is", arguments: SubscriptionStatus.allCases)
  func status(_ status: SubscriptionStatus) throws {
    let state = Self.state([try Self.subscription("sub_1", status.rawValue)])
    #expect(state.status == status)
    #expect(state.plan == "start")
    #expect(state.period == "month")
    #expect(state.amount == 500)
    #expect(state.periodEndsAt == Self.at(5000))
  }

  @Test("A status that nobody knows is an error, not a guess")
  func unknownStatus() {
    #expect(throws: StripeError.self) { try Self.subscription("sub_1", "dormant") }
  }

  @Test(
    "Which of several counts",
    arguments: [
      (["active:1", "active:2"], "sub_0"), (["active:2", "active:1"], "sub_1"), (["past_due:1", "active:2"], "sub_1"),
      (["canceled:1", "canceled:2"], "sub_1"), (["canceled:9", "incomplete:1"], "sub_1"),
      (["incomplete_expired:9", "canceled:1"], "sub_1"), (["unpaid:1", "past_due:2", "trialing:3"], "sub_2"),
      (["paused:1", "unpaid:1"], "sub_0"), (["active:1", "active:1"], "sub_0"),
      (["canceled:1", "canceled:1"], "sub_0"),
    ])
  func counting(_ several: [String], _ expected: String) throws {
    var subscriptions: [StripeSubscription] = []
    for (index, text) in several.enumerated() {
      let parts = text.split(separator: ":")
      subscriptions.append(try Self.subscription("sub_\(index)", String(parts[0]), created: Int64(parts[1])!))
    }
    #expect(Self.state(subscriptions).subscription == expected)
    #expect(Self.state(subscriptions.reversed()).subscription == expected)
  }

  @Test(
    "When it will end",
    arguments: [
      (nil, false, "active", nil), (nil, true, "active", 5000), (4000, false, "active", 4000),
      (4000, true, "past_due", 4000), (nil, true, "canceled", nil),
    ] as [(Int64?, Bool, String, Int64?)])
  func cancelAt(_ cancelAt: Int64?, _ withPeriod: Bool, _ status: String, _ expected: Int64?) throws {
    let subscription = try Self.subscription("sub_1", status, cancelAt: cancelAt, cancelsAtPeriodEnd: withPeriod)
    #expect(Self.state([subscription]).cancelAt == expected.map(Self.at))
  }

  @Test("A payment is owed since the oldest invoice that failed; the newest is the one to pay")
  func pastDue() throws {
    let state = Self.state(
      [try Self.subscription("sub_1", "past_due")],
      [
        try Self.invoice("in_3", created: 3000), try Self.invoice("in_2", created: 2000),
        try Self.invoice("in_1", "paid", created: 1000), try Self.invoice("in_0", created: 500, subscription: "sub_0"),
        try Self.invoice("in_4", created: 4000, attempts: 0),
      ], obstacle: .actionNeeded)
    #expect(state.pastDueSince == Self.at(2010))
    #expect(state.owedInvoice == "in_3")
    #expect(state.obstacle == .actionNeeded)
  }

  @Test("What is over owes nothing")
  func canceledOwesNothing() throws {
    let state = Self.state([try Self.subscription("sub_1", "canceled", endedAt: 4000)], [try Self.invoice()])
    #expect(state.obstacle == nil)
    #expect(state.owedInvoice == nil)
    #expect(state.pastDueSince == nil)
    #expect(state.endedAt == Self.at(4000))
  }

  @Test("A price that stands in no plan gives none")
  func unknownPrice() throws {
    let state = Self.state([try Self.subscription(price: "price_elsewhere")])
    #expect(state.plan == nil)
    #expect(state.price == "price_elsewhere")
  }

  @Test("The order in which Stripe lists things changes nothing")
  func order() throws {
    let subscriptions = [
      try Self.subscription("sub_1", "past_due"), try Self.subscription("sub_2", "canceled", created: 10),
    ]
    let invoices = [try Self.invoice("in_1"), try Self.invoice("in_2", created: 3000)]
    #expect(
      Self.state(subscriptions, invoices, obstacle: .failed)
        == Self.state(subscriptions.reversed(), invoices.reversed(), obstacle: .failed))
  }
}
