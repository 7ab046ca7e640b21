import HTTP
package import KV
import Locks
package import Services

/// What stands behind a session (user, role, entitlements), kept in KV for a minute and in the process as long as KV
/// says that nothing changed, so that a usual request asks neither PostgreSQL nor Redis.
///
/// The modules stay the truth: whoever changes a user's standing forgets it here. A standing that was read before the
/// change and comes to be stored after it is not taken: each forgetting raises a number that the reader must still
/// find. A lost deletion is mended within the minute.
package final class StandingCache: Sendable {
  private static let lifetimeMs = 60_000
  /// Of the number and the list of keys: longer than any request between reading and storing.
  private static let bookLifetimeMs = 3_600_000

  private let kv: KV
  private let services: BoundServices
  private let decoded = DecodedStandings()

  package init(_ kv: KV, _ services: BoundServices) {
    self.kv = kv
    self.services = services
  }

  /// The user's standing for a customer and what that customer may do; nil when the user is gone.
  ///
  /// - Parameters:
  ///   - customer: whom the session names; whoever does not belong to it gets a standing elsewhere, or for nobody.
  ///   - epoch: the session's epoch. A standing that knows less was put there by somebody who read it before the epoch
  ///     was raised.
  package func find(_ user: UserID, for customer: CustomerID?, atLeast epoch: Int64) throws -> KnownStanding? {
    let key = Self.key(user, customer)
    if let bytes = try kv.cached(key), let found = decoded.read(bytes, key), found.standing.epoch >= epoch {
      return found
    }
    let number = try kv.get(Self.numberKey(user))
    guard let standing = try services.customer.standing(of: user, for: customer) else { return nil }
    let found = KnownStanding(
      standing: standing,
      entitlements: try standing.membership.map { try services.billing.entitlements(of: $0.customer) })
    // A cache that takes nothing, as a full Redis, is no reason to refuse who is logged in.
    _ = try? kv.run(
      Self.storeScript, keys: [key, Self.numberKey(user), Self.listKey(user)],
      arguments: [
        .bytes(found.bytes), .integer(Self.lifetimeMs), .bytes(number ?? []), .integer(Self.bookLifetimeMs),
      ])
    return found
  }

  /// Has the next request of the user, whomever it acts for, ask the modules again.
  func forget(_ user: UserID) throws {
    let list = Self.listKey(user)
    // That the number cannot be raised, in a full Redis, must not keep the deletion from being made.
    _ = try? kv.run(Self.raiseScript, keys: [Self.numberKey(user)], arguments: [.integer(Self.bookLifetimeMs)])
    _ = try kv.delete(try kv.members(list) + [list])
  }

  private static func key(_ user: UserID, _ customer: CustomerID?) -> String {
    "standing:\(user.text):\(customer?.text ?? "")"
  }

  private static func numberKey(_ user: UserID) -> String { "standing:\(user.text):number" }
  /// Which keys there are to forget: a user may act for several customers at once.
  private static func listKey(_ user: UserID) -> String { "standing:\(user.text):list" }

  private static let storeScript = Script(
    """
    if (redis.call('GET', KEYS[2]) or '') ~= ARGV[3] then return 0 end
    redis.call('SADD', KEYS[3], KEYS[1])
    redis.call('PEXPIRE', KEYS[3], ARGV[4])
    redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
    return 1
    """)

  private static let raiseScript = Script(
    """
    redis.call('INCR', KEYS[1])
    redis.call('PEXPIRE', KEYS[1], ARGV[1])
    return 1
    """)
}

/// What KV's bytes were decoded to, by key; used only while the bytes are still the same.
private final class DecodedStandings: Sendable {
  private static let limit = 10_000

  private struct Entry {
    let bytes: [UInt8]
    let found: KnownStanding
  }

  /// Guards the entries.
  private let entries = Locked<[String: Entry]>([:])

  func read(_ bytes: [UInt8], _ key: String) -> KnownStanding? {
    if let known = entries.withLock({ $0[key] }), known.bytes == bytes { return known.found }
    guard let found = KnownStanding(bytes) else { return nil }
    entries.withLock {
      if $0.count >= Self.limit { $0.removeAll(keepingCapacity: true) }
      $0[key] = Entry(bytes: bytes, found: found)
    }
    return found
  }
}
