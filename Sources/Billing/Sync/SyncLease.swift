import Database
import HTTP
import Services

/// Whose account is to be fetched.
enum SyncTarget {
  case customer(CustomerID)
  case stripe(String)

  var condition: SQL {
    switch self {
    case .customer(let customer): "customer_id = \(customer.uuid)"
    case .stripe(let id): "stripe_customer = \(id)"
    }
  }
}

/// The right to fetch an account and write what came. It runs out by itself; who is late then may not write, as the
/// number has gone on.
struct SyncLease {
  /// More than a fetch takes: a handful of requests of some seconds at the worst.
  static let seconds = 60

  let customer: CustomerID
  let stripeCustomer: String
  let number: Int
  /// By the database's clock, before anything was fetched: what happened at Stripe until now will be in the answer.
  let takenAt: Timestamp

  enum Answer {
    case taken(SyncLease)
    /// Another fetch holds the account.
    case busy
    /// There is no such account, or it has no customer at Stripe.
    case none
  }

  static func take(_ target: SyncTarget, _ database: Database) throws -> Answer {
    let taken = try database.query(
      """
      UPDATE billing.accounts
      SET sync_number = sync_number + 1, sync_until = now() + \(seconds) * interval '1 second'
      WHERE \(target.condition) AND stripe_customer IS NOT NULL AND (sync_until IS NULL OR sync_until <= now())
      RETURNING customer_id, stripe_customer, sync_number, now() AS taken_at
      """)
    if let row = taken.first {
      return .taken(
        SyncLease(
          customer: CustomerID(try row.uuid("customer_id")), stripeCustomer: try row.string("stripe_customer"),
          number: try row.int("sync_number"), takenAt: try row.timestamp("taken_at")))
    }
    let there = try database.query(
      "SELECT FROM billing.accounts WHERE \(target.condition) AND stripe_customer IS NOT NULL")
    return there.isEmpty ? .none : .busy
  }

  /// Gives it back after a fetch that failed, so that the next need not wait for its end.
  func release(_ database: Database) {
    _ = try? database.execute(
      """
      UPDATE billing.accounts SET sync_until = NULL
      WHERE customer_id = \(customer.uuid) AND sync_number = \(number)
      """)
  }
}
