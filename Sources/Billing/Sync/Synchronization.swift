import Database
import Glibc
import HTTP
import Locks
package import Services

extension BillingModule {
  /// How long somebody who waits at a browser waits for a fetch that is under way.
  private static let patienceMilliseconds = 5000

  package func synchronizeAccount(_ caller: Caller) throws -> [UInt8] {
    let isFirst = waiting.withLock { $0.insert(caller.customer).inserted }
    // Another request of theirs fetches already; this one tells what is known.
    guard isFirst else { return try account(caller) }
    defer { waiting.withLock { _ = $0.remove(caller.customer) } }
    guard try outside.run({ try synchronize(caller.customer, patiently: true) }) != nil else {
      throw Problem(.overloaded, retryAfterSeconds: 2)
    }
    return try account(caller)
  }

  /// Fetches the customer's subscription from Stripe and stores it, with the mails and entitlements that follow. Does
  /// nothing for who has never had to do with Stripe.
  ///
  /// - Parameter patiently: waits for a fetch that is under way, up to some seconds; else throws at once.
  /// - Throws: ``StripeError``, and ``Problem`` of 503 when another fetch holds the account.
  func synchronize(_ customer: CustomerID, patiently: Bool) throws {
    let deadline = Deadline.after(milliseconds: patiently ? Self.patienceMilliseconds : 0)
    while true {
      switch try synchronize(.customer(customer), for: .change) {
      case .done, .unknown: return
      case .busy, .superseded:
        guard Deadline.now < deadline else { throw Problem(.overloaded, retryAfterSeconds: 1) }
        usleep(50_000)
      }
    }
  }

  /// One fetch, and the writing of what came. Stripe is asked outside of any transaction.
  func synchronize(_ target: SyncTarget, for cause: SyncCause) throws -> SyncOutcome {
    let lease: SyncLease
    switch try SyncLease.take(target, database) {
    case .taken(let taken): lease = taken
    case .busy: return .busy
    case .none: return .unknown
    }
    do {
      let snapshot = try stripe.snapshot(of: lease.stripeCustomer)
      let outcome = try SyncWriting(module: self, lease: lease, snapshot: snapshot, cause: cause).run()
      counters.count(\.syncs)
      return outcome
    } catch {
      counters.count(\.failedSyncs)
      lease.release(database)
      throw error
    }
  }
}

/// Why an account is fetched.
enum SyncCause {
  /// Something is known to have happened.
  case change
  /// Nothing is known to have happened: what is found to differ is a drift.
  case reconciliation
}

enum SyncOutcome {
  /// Written; with the names of what was another before.
  case done(differences: [String])
  /// Another fetch holds the account.
  case busy
  /// A later fetch has taken the account meanwhile; it sees all that this one saw.
  case superseded
  /// No account has that customer at Stripe.
  case unknown
}
