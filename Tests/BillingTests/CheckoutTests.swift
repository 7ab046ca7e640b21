import Database
import Foundation
import HTTP
import Services
import Testing

@testable import Billing

@Suite("Checkout, as far as it goes without Stripe", .serialized)
struct CheckoutTests {
  private let small: JSON = ["plan": "small", "interval": "month"]
  private let large: JSON = ["plan": "large", "interval": "year"]

  @Test(
    "takes a plan, a period and a code, and nothing else",
    arguments: [
      (["plan": "huge", "interval": "month"], "/plan not_allowed"),
      (["plan": "trial", "interval": "month"], "/plan not_allowed"),
      (["interval": "month"], "/plan required"),
      (["plan": "small"], "/interval required"),
      (["plan": "small", "interval": "week"], "/interval invalid"),
      (["plan": "small", "interval": 1], "/interval wrong_type"),
      (["plan": "small", "interval": "month", "price": "price_mine"], "/price unknown_field"),
      (["plan": "small", "interval": "month", "success_url": "https://evil.example"], "/success_url unknown_field"),
      (["plan": "small", "interval": "month", "amount": 1], "/amount unknown_field"),
      (["plan": "small", "interval": "month", "promotion_code": "a&b=c"], "/promotion_code invalid"),
      (["plan": "small", "interval": "month", "promotion_code": ""], "/promotion_code required"),
    ] as [(JSON, String)])
  func refused(_ body: JSON, _ expected: String) {
    let found = problem { _ = try CheckoutChoice(body, .sample()) }
    #expect(found?.code == .invalidBody)
    #expect(found?.errors.map { "\($0.pointer) \($0.code.name)" } == [expected])
  }

  @Test("leaves a reservation when Stripe is away; the next try goes on with the same key and body")
  func away() throws {
    let billing = try TestBilling()
    let customer = try billing.open()
    for _ in 0..<3 {
      let found = problem { _ = try billing.module.checkout(billing.change(customer, small)) }
      #expect(found?.code == .paymentUnavailable)
      #expect(found?.retryAfterSeconds != nil)
    }
    #expect(try billing.database.query("SELECT 1 FROM billing.checkouts").count == 1)
    #expect(try billing.database.query("SELECT 1 FROM billing.calls").count == 1)
  }

  @Test("reserves once, however many ask at once")
  func onceOnly() throws {
    let billing = try TestBilling()
    let customer = try billing.open()
    let choice = try CheckoutChoice(small, billing.module.plans)
    let results = onThreads(50) { _ in
      guard case .send(let record) = try billing.module.nextStep(choice, customer) else { return UUID() }
      return record.id
    }
    #expect(Set(try results.map { try $0.get() }).count == 1)
  }

  @Test("for something else replaces what was never sent, and closes what was")
  func otherPlan() throws {
    let billing = try TestBilling()
    let customer = try billing.open()
    let one = try CheckoutChoice(small, billing.module.plans)
    let other = try CheckoutChoice(large, billing.module.plans)
    guard case .send(let first) = try billing.module.nextStep(one, customer),
      case .send(let second) = try billing.module.nextStep(other, customer)
    else {
      Issue.record("no reservation")
      return
    }
    #expect(first.id != second.id)
    #expect(second.price == "price_large_year")
    // Sent, outcome unknown: first it is learnt.
    try billing.database.execute(
      "UPDATE billing.checkouts SET sent_at = now(), parameters = 'a=b' WHERE id = \(second.id)")
    guard case .send(let again) = try billing.module.nextStep(one, customer) else {
      Issue.record("not repeated")
      return
    }
    #expect(again.id == second.id)
    #expect(again.parameters == "a=b")
    try billing.database.execute(
      """
      UPDATE billing.checkouts SET state = 'open', session = 'cs_1', url = 'https://checkout.stripe.com/1',
        expires_at = now() + interval '1 hour'
      WHERE id = \(second.id)
      """)
    guard case .close(let closed) = try billing.module.nextStep(one, customer) else {
      Issue.record("not closed")
      return
    }
    #expect(closed.id == second.id)
    guard case .ready(let url, _) = try billing.module.nextStep(other, customer) else {
      Issue.record("not given out again")
      return
    }
    #expect(url == "https://checkout.stripe.com/1")
  }

  @Test(
    "goes on from each state in which a crash may have left it",
    arguments: [
      (nil, nil, nil, "send"), (-5, nil, nil, "send"), (-599, nil, nil, "send"), (-601, nil, nil, "find"),
      (-5, "cs_1", 3600, "ready"), (-61, "cs_1", 3600, "verify"), (-61, "cs_1", 599, "close"),
      (-86_400, "cs_1", -1, "close"),
    ] as [(Int64?, String?, Int64?, String)])
  func states(_ sent: Int64?, _ session: String?, _ expires: Int64?, _ expected: String) throws {
    let now = Instant.now
    let choice = try CheckoutChoice(small, .sample())
    let record = CheckoutRecord(
      id: UUID(), customer: .new(), price: choice.price.id, promotionCode: nil, parameters: nil,
      sentAt: sent.map { now.adding(seconds: $0) }, session: session, url: session.map { "https://x.example/\($0)" },
      expiresAt: expires.map { now.adding(seconds: $0) })
    #expect("\(CheckoutStep(record, choice, at: now))".hasPrefix(expected))
  }

  @Test(
    "is refused beside a live subscription",
    arguments: ["incomplete", "trialing", "active", "past_due", "unpaid", "paused"])
  func subscribed(_ status: String) throws {
    let billing = try TestBilling()
    let customer = try billing.open()
    try billing.set("status = \(status)", of: customer)
    #expect(problem { _ = try billing.module.checkout(billing.change(customer, small)) }?.code == .alreadySubscribed)
  }

  @Test("is possible again after the end of a subscription", arguments: ["canceled", "incomplete_expired"])
  func ended(_ status: String) throws {
    let billing = try TestBilling()
    let customer = try billing.open()
    try billing.set("status = \(status)", of: customer)
    #expect(problem { _ = try billing.module.checkout(billing.change(customer, small)) }?.code == .paymentUnavailable)
  }

  @Test("refuses a key that came with another body, and takes a repeat")
  func reusedKey() throws {
    let billing = try TestBilling()
    let customer = try billing.open()
    let other = try billing.open("otto@example.org")
    try billing.module.refuseReusedKey(billing.change(customer, small, key: "k"))
    try billing.module.refuseReusedKey(billing.change(customer, small, key: "k"))
    try billing.module.refuseReusedKey(billing.change(other, large, key: "k"))
    let found = problem { try billing.module.refuseReusedKey(billing.change(customer, large, key: "k")) }
    #expect(found?.code == .idempotencyKeyReused)
  }

  @Test("answers at once when all places outside are taken")
  func bulkhead() throws {
    let billing = try TestBilling()
    let entered = DispatchSemaphore(value: 0)
    let release = DispatchSemaphore(value: 0)
    for _ in 0..<4 {
      Thread {
        try? billing.module.waitingOutside {
          entered.signal()
          release.wait()
        }
      }.start()
      entered.wait()
    }
    let found = problem { try billing.module.waitingOutside {} }
    for _ in 0..<4 { release.signal() }
    #expect(found == Problem(.overloaded, retryAfterSeconds: 1))
  }
}
