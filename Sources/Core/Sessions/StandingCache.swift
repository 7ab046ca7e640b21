import HTTP
package import KV
import Locks
package import Services

/// What stands behind a session (user, role, entitlements), kept in KV for a minute and in the process as long as KV
/// says that nothing changed, so that a usual request asks neither PostgreSQL nor Redis.
///
/// The modules stay the truth: whoever changes a user's standing forgets it here, and a lost deletion is mended
/// within the minute.
package final class StandingCache: Sendable {
  private static let lifetimeMs = 60_000
  private static let decodedLimit = 10_000

  private struct Found {
    let bytes: [UInt8]
    let standing: Standing
    let entitlements: Entitlements
  }

  private let kv: KV
  private let services: BoundServices
  /// Guards what KV's bytes were decoded to, by user; used only while the bytes are still the same.
  private let decoded = Locked<[UserID: Found]>([:])

  package init(_ kv: KV, _ services: BoundServices) {
    self.kv = kv
    self.services = services
  }

  /// The user's standing and entitlements; nil when the user is gone.
  ///
  /// - Parameter epoch: the session's epoch. A standing that knows less was put there by somebody who read it before
  ///   the epoch was raised.
  package func find(_ user: UserID, atLeast epoch: Int64) throws -> (standing: Standing, entitlements: Entitlements)? {
    let key = Self.key(user)
    if let bytes = try kv.cached(key), let found = decode(bytes, of: user), found.standing.epoch >= epoch {
      return found
    }
    guard let standing = try services.customer.standing(of: user) else { return nil }
    let entitlements = try services.billing.entitlements(of: standing.customer)
    // A cache that takes nothing, as a full Redis, is no reason to refuse who is logged in.
    try? kv.set(key, Self.encode(standing, entitlements), ttlMs: Self.lifetimeMs)
    return (standing, entitlements)
  }

  private func decode(_ bytes: [UInt8], of user: UserID) -> (standing: Standing, entitlements: Entitlements)? {
    if let known = decoded.withLock({ $0[user] }), known.bytes == bytes { return (known.standing, known.entitlements) }
    guard let (standing, entitlements) = Self.decode(bytes) else { return nil }
    decoded.withLock {
      if $0.count >= Self.decodedLimit { $0.removeAll(keepingCapacity: true) }
      $0[user] = Found(bytes: bytes, standing: standing, entitlements: entitlements)
    }
    return (standing, entitlements)
  }

  func forget(_ user: UserID) throws {
    _ = try kv.delete([Self.key(user)])
  }

  private static func key(_ user: UserID) -> String {
    "standing:\(user.text)"
  }

  private static func encode(_ standing: Standing, _ entitlements: Entitlements) -> [UInt8] {
    let limits = entitlements.limits
    let numbers = [
      limits.sites, limits.pages, limits.links, limits.versions, limits.domains, limits.members, limits.statisticsDays,
    ]
    let document: JSON = [
      "user": .string(standing.user.text), "email": .string(standing.email),
      "language": .string(standing.language.rawValue), "epoch": .integer(standing.epoch),
      "customer": .string(standing.customer.text), "name": .string(standing.customerName),
      "role": .string(standing.role.rawValue), "plan": .string(entitlements.plan),
      "status": .string(entitlements.status.rawValue),
      "trial_ends_at": entitlements.trialEndsAt.map { .integer($0.microseconds) } ?? .null,
      "can_write": .bool(entitlements.canWrite),
      "ends_at": entitlements.endsAt.map { .integer($0.microseconds) } ?? .null,
      "limits": .array(numbers.map { .integer(Int64($0)) }), "badge": .bool(limits.badge),
    ]
    return document.bytes
  }

  private static func decode(_ bytes: [UInt8]) -> (standing: Standing, entitlements: Entitlements)? {
    guard let json = try? JSONParser.parse(bytes),
      let user = json["user"]?.stringValue.flatMap({ UserID($0) }), let email = json["email"]?.stringValue,
      let language = json["language"]?.stringValue.flatMap({ Language(rawValue: $0) }),
      let epoch = json["epoch"]?.integerValue,
      let customer = json["customer"]?.stringValue.flatMap({ CustomerID($0) }), let name = json["name"]?.stringValue,
      let role = json["role"]?.stringValue.flatMap({ Role(rawValue: $0) }), let plan = json["plan"]?.stringValue,
      let status = json["status"]?.stringValue.flatMap({ Entitlements.Status(rawValue: $0) }),
      let limits = json["limits"]?.arrayValue?.compactMap({ $0.integerValue.map { Int($0) } }), limits.count == 7,
      let canWrite = json["can_write"]?.boolValue, let badge = json["badge"]?.boolValue
    else { return nil }
    return (
      Standing(
        user: user, email: email, language: language, epoch: epoch, customer: customer, customerName: name, role: role),
      Entitlements(
        plan: plan, status: status,
        trialEndsAt: json["trial_ends_at"]?.integerValue.map { Instant(microseconds: $0) }, canWrite: canWrite,
        endsAt: json["ends_at"]?.integerValue.map { Instant(microseconds: $0) },
        limits: .init(
          sites: limits[0], pages: limits[1], links: limits[2], versions: limits[3], domains: limits[4],
          members: limits[5], statisticsDays: limits[6], badge: badge))
    )
  }
}
