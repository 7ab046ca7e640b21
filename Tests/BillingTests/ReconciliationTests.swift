import Database
import HTTP
import Testing

@testable import Billing

@Suite("What reconciliation takes for a difference")
struct ReconciliationTests {
  private static func planOf(_ price: String) -> String? { ["price_start_month": "start"][price] }

  private static func listed(_ subscriptions: [JSON], hasMore: Bool = false) throws -> ListedCustomer {
    try ListedCustomer([
      "id": "cus_1", "subscriptions": ["data": .array(subscriptions), "has_more": .bool(hasMore)],
    ])
  }

  private static func subscription(
    _ id: String = "sub_1", _ status: String = "active", price: String = "price_start_month", invoice: String = "paid"
  ) -> JSON {
    [
      "id": .string(id), "status": .string(status), "created": 1000, "currency": "eur",
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
      "latest_invoice": [
        "id": "in_1", "status": .string(invoice), "total": 500, "currency": "eur", "created": 1000,
      ],
    ]
  }

  /// The account as a fetch of the same customer would have stored it.
  private static func stored(_ json: JSON, owes: Bool = false) throws -> AccountState {
    var state = AccountState(try StripeSubscription(json), planOf: planOf)
    if owes { (state.obstacle, state.owedInvoice) = (.failed, "in_1") }
    return state
  }

  private static func differs(_ customer: ListedCustomer, _ stored: AccountState) -> Bool {
    customer.differs(from: stored, planOf: planOf, invoiceStatus: { ["in_1": "paid"][$0] })
  }

  @Test("The same is no difference, whatever only the invoices tell")
  func same() throws {
    let customer = try Self.listed([Self.subscription()])
    #expect(!Self.differs(customer, try Self.stored(Self.subscription())))
    #expect(!Self.differs(customer, try Self.stored(Self.subscription(), owes: true)))
    #expect(!Self.differs(try Self.listed([]), AccountState()))
  }

  @Test(
    "Another subscription, status, price or invoice, several, or more than the list shows",
    arguments: [
      [subscription("sub_2")], [subscription("sub_1", "past_due")], [subscription(price: "price_elsewhere")],
      [subscription(invoice: "void")], [subscription(), subscription("sub_2")], [],
    ])
  func differences(_ subscriptions: [JSON]) throws {
    #expect(Self.differs(try Self.listed(subscriptions), try Self.stored(Self.subscription())))
  }

  @Test("A list that is cut, and a subscription where none was")
  func cutAndNew() throws {
    #expect(Self.differs(try Self.listed([Self.subscription()], hasMore: true), try Self.stored(Self.subscription())))
    #expect(Self.differs(try Self.listed([Self.subscription()]), AccountState()))
  }

  @Test("What is over is not in the list, and no difference")
  func over() throws {
    let ended = try Self.stored(Self.subscription("sub_1", "canceled"))
    #expect(!Self.differs(try Self.listed([]), ended))
    #expect(!Self.differs(try Self.listed([Self.subscription("sub_2", "incomplete_expired")]), ended))
    #expect(Self.differs(try Self.listed([Self.subscription("sub_2", "incomplete")]), ended))
  }

  @Test("A position of a round is read as it was written")
  func position() throws {
    var position = Comparison.Position(startedAt: Timestamp(microseconds: 1_763_726_400_000_001))
    #expect(Comparison.Position(position.json) == position)
    position.after = "cus_1"
    position.isListed = true
    position.customers = 300
    position.repaired = 2
    #expect(Comparison.Position(try JSONParser.parse(position.json.bytes)) == position)
    #expect(Comparison.Position(.object([])) == nil)
  }

  @Test(
    "What is wrong with a price",
    arguments: [
      ("active", false, "active is false at Stripe and true in the plans"),
      ("unit_amount", 600, "unit_amount is 600 at Stripe and 500 in the plans"),
      ("unit_amount", .null, "unit_amount is null at Stripe and 500 in the plans"),
      ("currency", "usd", #"currency is "usd" at Stripe and "eur" in the plans"#),
      ("livemode", true, "livemode is true at Stripe and false in the plans"),
      (
        "recurring", ["interval": "year", "interval_count": 1],
        #"interval is "year" at Stripe and "month" in the plans"#
      ),
      ("recurring", ["interval": "month", "interval_count": 3], "interval_count is 3 at Stripe and 1 in the plans"),
    ] as [(String, JSON, String)])
  func price(_ member: String, _ value: JSON, _ expected: String) {
    let right: [JSON.Member] = [
      .init("active", true), .init("unit_amount", 500), .init("currency", "eur"), .init("livemode", false),
      .init("recurring", ["interval": "month", "interval_count": 1]),
    ]
    let price = Price(period: .month, amount: 500, id: "price_1", earlier: [])
    func mistakes(_ members: [JSON.Member]) -> [String] {
      BillingModule.mistakes(.object(members), price, currency: "eur", isLive: false)
    }
    #expect(mistakes(right).isEmpty)
    #expect(mistakes(right.map { $0.name == member ? .init(member, value) : $0 }) == [expected])
  }
}
