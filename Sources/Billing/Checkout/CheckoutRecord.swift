import Database
import FoundationEssentials
import HTTP
import Services

/// A way to pay that is not over: reserved here before Stripe hears of it, then open there.
struct CheckoutRecord: Sendable {
  let id: UUID
  let customer: CustomerID
  let price: String
  let promotionCode: String?
  /// The body as first sent; a repeat under the same key must not differ.
  let parameters: String?
  let sentAt: Instant?
  /// Stripe's session and its page, once known.
  let session: String?
  let url: String?
  let expiresAt: Instant?

  /// In Stripe's metadata, and the idempotency key.
  var text: String { Identifier<CheckoutRecord>(id).text }

  func isFor(_ choice: CheckoutChoice) -> Bool {
    price == choice.price.id && promotionCode == choice.promotionCode
  }
}

extension CheckoutRecord {
  static let columns: SQL =
    "id, customer_id, price, promotion_code, parameters, sent_at, session, url, expires_at"

  init(_ row: Row) throws {
    id = try row.uuid("id")
    customer = CustomerID(try row.uuid("customer_id"))
    price = try row.string("price")
    promotionCode = try row.optionalString("promotion_code")
    parameters = try row.optionalString("parameters")
    sentAt = try row.optionalTimestamp("sent_at").map { Instant($0) }
    session = try row.optionalString("session")
    url = try row.optionalString("url")
    expiresAt = try row.optionalTimestamp("expires_at").map { Instant($0) }
  }
}
