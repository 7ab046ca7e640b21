import HTTP
package import Services

/// A user's standing with what the customer may do for whom they act, and the form in which KV keeps both.
package struct KnownStanding {
  package let standing: Standing
  /// nil for who acts for nobody.
  package let entitlements: Entitlements?

  init(standing: Standing, entitlements: Entitlements?) {
    self.standing = standing
    self.entitlements = entitlements
  }

  var bytes: [UInt8] {
    let document: JSON = [
      "user": .string(standing.user.text), "email": .string(standing.email),
      "language": .string(standing.language.rawValue), "epoch": .integer(standing.epoch),
      "membership": standing.membership.map { Self.json($0) } ?? .null,
      "entitlements": entitlements.map { Self.json($0) } ?? .null,
    ]
    return document.bytes
  }

  init?(_ bytes: [UInt8]) {
    guard let json = try? JSONParser.parse(bytes),
      let user = json["user"]?.stringValue.flatMap({ UserID($0) }), let email = json["email"]?.stringValue,
      let language = json["language"]?.stringValue.flatMap({ Language(rawValue: $0) }),
      let epoch = json["epoch"]?.integerValue, let place = json["membership"], let allowed = json["entitlements"]
    else { return nil }
    let membership = Self.membership(place)
    let entitlements = Self.entitlements(allowed)
    guard (membership == nil) == (place == .null), (entitlements == nil) == (allowed == .null) else { return nil }
    standing = Standing(user: user, email: email, language: language, epoch: epoch, membership: membership)
    self.entitlements = entitlements
  }

  private static func json(_ membership: Membership) -> JSON {
    [
      "customer": .string(membership.customer.text), "name": .string(membership.customerName),
      "role": .string(membership.role.rawValue),
    ]
  }

  private static func membership(_ json: JSON) -> Membership? {
    guard let customer = json["customer"]?.stringValue.flatMap({ CustomerID($0) }),
      let name = json["name"]?.stringValue, let role = json["role"]?.stringValue.flatMap({ Role(rawValue: $0) })
    else { return nil }
    return Membership(customer: customer, customerName: name, role: role)
  }

  private static func json(_ entitlements: Entitlements) -> JSON {
    let limits = entitlements.limits
    let numbers = [
      limits.sites, limits.pages, limits.links, limits.versions, limits.domains, limits.members, limits.statisticsDays,
    ]
    return [
      "plan": .string(entitlements.plan), "status": .string(entitlements.status.rawValue),
      "trial_ends_at": entitlements.trialEndsAt.map { .integer($0.microseconds) } ?? .null,
      "can_write": .bool(entitlements.canWrite),
      "ends_at": entitlements.endsAt.map { .integer($0.microseconds) } ?? .null,
      "limits": .array(numbers.map { .integer(Int64($0)) }), "badge": .bool(limits.badge),
    ]
  }

  private static func entitlements(_ json: JSON) -> Entitlements? {
    guard let plan = json["plan"]?.stringValue,
      let status = json["status"]?.stringValue.flatMap({ Entitlements.Status(rawValue: $0) }),
      let limits = json["limits"]?.arrayValue?.compactMap({ $0.integerValue.map { Int($0) } }), limits.count == 7,
      let canWrite = json["can_write"]?.boolValue, let badge = json["badge"]?.boolValue
    else { return nil }
    return Entitlements(
      plan: plan, status: status,
      trialEndsAt: json["trial_ends_at"]?.integerValue.map { Instant(microseconds: $0) }, canWrite: canWrite,
      endsAt: json["ends_at"]?.integerValue.map { Instant(microseconds: $0) },
      limits: .init(
        sites: limits[0], pages: limits[1], links: limits[2], versions: limits[3], domains: limits[4],
        members: limits[5], statisticsDays: limits[6], badge: badge))
  }
}
