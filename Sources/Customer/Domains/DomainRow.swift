import Database
import HTTP
import Services

/// Where a domain stands; the names are the API's.
enum DomainState: String, Sendable {
  /// Not proved yet.
  case pending
  case active
  /// Proved before, and served for some days yet.
  case failing
  /// Not served any more.
  case paused
  /// Not proved in time, and not looked at any more.
  case expired

  /// Whether the host is the customer's.
  var isOwned: Bool { self == .active || self == .failing }
}

/// A domain as it stands in the database.
struct DomainRow {
  let id: DomainID
  let customer: CustomerID
  let site: SiteID?
  let lastSite: SiteID?
  let host: String
  let registrable: String
  let wwwOf: DomainID?
  let token: String
  /// Of the one that it was made with.
  let apexToken: String?
  let label: String
  let state: DomainState
  let isPausedByPlan: Bool
  let isPrimary: Bool
  let isLive: Bool
  let hasConflict: Bool
  let attempts: Int
  let negatives: Int
  let seen: DomainSeen
  let verifiedAt: Instant?
  let checkedAt: Instant?
  let nextCheckAt: Instant
  let expiresAt: Instant?
  let failingSince: Instant?
  let createdAt: Instant

  /// How long a domain whose records are gone is served yet.
  static let failingSeconds: Int64 = 72 * 3600

  /// What it is read from, of `customer.domains d`.
  ///
  /// - Parameter isLive: whether it is served, as an expression.
  static func columns(isLive: SQL) -> SQL {
    """
    d.id, d.customer_id, d.site_id, d.last_site_id, d.host, d.registrable, d.www_of, d.token, d.label, d.state,
    d.paused_by_plan, d.conflict, d.attempts, d.negatives, d.seen::text AS seen, d.verified_at, d.checked_at,
    d.next_check_at, d.expires_at, d.failing_since, d.created_at,
    (SELECT a.token FROM customer.domains a WHERE a.id = d.www_of) AS apex_token, \(isLive) AS is_live,
    EXISTS (SELECT 1 FROM customer.sites p WHERE p.id = d.site_id AND p.primary_domain_id = d.id) AS is_primary
    """
  }

  /// Where its proof may stand, and with which token: first where people are told to put it.
  var proofs: [(name: String, token: String)] {
    var places = [(name: DomainSecret.challengeName(host), token: token)]
    if let apexToken, host.hasPrefix("www.") {
      places.insert((name: DomainSecret.challengeName(String(host.dropFirst(4))), token: apexToken), at: 0)
    }
    return places
  }
}

extension DomainRow {
  /// Reads a row of `columns`.
  init(_ row: Row) throws {
    guard let state = DomainState(rawValue: try row.string("state")) else { throw Problem(.internalError) }
    self.init(
      id: DomainID(try row.uuid("id")),
      customer: CustomerID(try row.uuid("customer_id")),
      site: try row.optionalUUID("site_id").map { SiteID($0) },
      lastSite: try row.optionalUUID("last_site_id").map { SiteID($0) },
      host: try row.string("host"),
      registrable: try row.string("registrable"),
      wwwOf: try row.optionalUUID("www_of").map { DomainID($0) },
      token: try row.string("token"),
      apexToken: try row.optionalString("apex_token"),
      label: try row.string("label"),
      state: state,
      isPausedByPlan: try row.bool("paused_by_plan"),
      isPrimary: try row.bool("is_primary"),
      isLive: try row.bool("is_live"),
      hasConflict: try row.bool("conflict"),
      attempts: try row.int("attempts"),
      negatives: try row.int("negatives"),
      seen: DomainSeen(stored: try JSONParser.parse(row.bytes("seen"))),
      verifiedAt: try row.optionalTimestamp("verified_at").map { Instant($0) },
      checkedAt: try row.optionalTimestamp("checked_at").map { Instant($0) },
      nextCheckAt: Instant(try row.timestamp("next_check_at")),
      expiresAt: try row.optionalTimestamp("expires_at").map { Instant($0) },
      failingSince: try row.optionalTimestamp("failing_since").map { Instant($0) },
      createdAt: Instant(try row.timestamp("created_at")))
  }
}
