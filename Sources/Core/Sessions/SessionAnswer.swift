import HTTP
import Services

/// Sessions as the API shows them.
enum SessionAnswer {
  /// `GET /api/session`: who I am, for which customer, with which entitlements.
  static func one(_ session: ActiveSession, at now: Instant) -> Response {
    let standing = session.standing
    let document: JSON = [
      "user": [
        "id": .string(standing.user.text), "email": .string(standing.email),
        "locale": .string(standing.language.rawValue),
      ],
      "customer": standing.membership.map { customer($0) } ?? .null,
      "entitlements": session.entitlements.map { entitlements($0.at(now), at: now) } ?? .null,
      "session": [
        "id": .string(session.record.id), "created_at": .string(session.record.createdAt.rfc3339),
        "expires_at": .string(session.record.expiresAt.rfc3339),
      ],
    ]
    return .json(document.bytes)
  }

  private static func customer(_ membership: Membership) -> JSON {
    [
      "id": .string(membership.customer.text), "name": .string(membership.customerName),
      "role": .string(membership.role.rawValue),
    ]
  }

  private static func entitlements(_ entitlements: Entitlements, at now: Instant) -> JSON {
    let limits = entitlements.limits
    return [
      "plan": .string(entitlements.plan), "status": .string(entitlements.status.rawValue),
      "trial_ends_at": JSON(entitlements.trialEndsAt?.rfc3339),
      "ends_at": JSON(entitlements.canWrite ? entitlements.endsAt?.rfc3339 : nil),
      "write": .bool(entitlements.allow(.write, at: now)), "publish": .bool(entitlements.allow(.publish, at: now)),
      "sites": .integer(Int64(limits.sites)), "pages": .integer(Int64(limits.pages)),
      "links": .integer(Int64(limits.links)), "versions": .integer(Int64(limits.versions)),
      "domains": .integer(Int64(limits.domains)), "members": .integer(Int64(limits.members)),
      "statistics_days": .integer(Int64(limits.statisticsDays)), "badge": .bool(limits.badge),
    ]
  }

  /// An entry of `GET /api/sessions`.
  static func item(_ record: SessionRecord, isCurrent: Bool) -> JSON {
    [
      "id": .string(record.id), "created_at": .string(record.createdAt.rfc3339),
      "last_seen_at": .string(record.lastSeenAt.rfc3339), "expires_at": .string(record.expiresAt.rfc3339),
      "user_agent": .string(record.userAgent), "current": .bool(isCurrent),
    ]
  }
}
