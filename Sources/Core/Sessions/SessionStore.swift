import HTTP
package import KV
import Services

/// Sessions in KV: opened by a login, found by their cookie, ended at the server.
package final class SessionStore: Sendable {
  private let kv: KV
  private let standings: StandingCache
  private let services: BoundServices

  package init(kv: KV, standings: StandingCache, services: BoundServices) {
    self.kv = kv
    self.standings = standings
    self.services = services
  }

  /// Who stands behind a request. A request without a cookie never touches KV, nor does a route for everyone.
  ///
  /// - Throws: ``KVError`` while KV is away: a cookie that cannot be checked is neither good nor bad.
  func identify(_ request: Request, for access: Access) throws -> Identity {
    switch access {
    case .everyone, .signature, .internalListener: return .anonymous
    case .user, .member: break
    }
    let cookie = Cookie.value(Self.cookieName(request), in: request.parameter("HTTP_COOKIE"))
    if request.parameter("HTTP_AUTHORIZATION") != nil {
      // No tokens are issued yet: whoever sends one is not known.
      throw Problem(cookie == nil ? .unauthenticated : .ambiguousCredentials)
    }
    guard let cookie, cookie.utf8.count == 43 else { return .anonymous }
    let key = Self.key(cookie)
    guard let bytes = try kv.cached(key), let record = SessionRecord(bytes), record.isValid(at: request.startedAt),
      let found = try standings.find(record.user, atLeast: record.epoch), found.standing.epoch == record.epoch
    else { return .anonymous }
    let session = ActiveSession(
      record: record, key: key, standing: found.standing, entitlements: found.entitlements.at(request.startedAt))
    touch(session, at: request.startedAt)
    return .user(session)
  }

  /// Opens a session under a new id and answers with its cookie; an earlier session of the browser ends.
  func open(_ standing: Standing, _ request: Request) throws -> Response {
    if let earlier = Cookie.value(Self.cookieName(request), in: request.parameter("HTTP_COOKIE")) {
      _ = try kv.delete([Self.key(earlier)])
    }
    let entitlements = try services.billing.entitlements(of: standing.customer)
    let value = Secret.token()
    let key = Self.key(value)
    let agent = String((request.parameter("HTTP_USER_AGENT") ?? "").unicodeScalars.prefix(200))
    let record = SessionRecord(
      id: Identifier<SessionRecord>.new().text, user: standing.user, epoch: standing.epoch,
      createdAt: request.startedAt, userAgent: agent)
    try kv.set(key, record.bytes, ttlMs: record.lifetimeMilliseconds(at: request.startedAt))
    _ = try kv.addToSet(
      Self.setKey(standing.user), [key], ttlMs: Int(SessionRecord.absoluteSeconds * 1000))
    var response = SessionAnswer.one(
      ActiveSession(record: record, key: key, standing: standing, entitlements: entitlements), at: request.startedAt)
    response.headers.append(
      "Set-Cookie",
      Cookie.set(
        Self.cookieName(request), value, maxAgeSeconds: Int(SessionRecord.absoluteSeconds), secure: request.isSecure))
    return response
  }

  /// Ends the session of the request.
  func end(_ session: ActiveSession, _ request: Request) throws -> Response {
    _ = try kv.delete([session.key])
    _ = try kv.removeFromSet(Self.setKey(session.standing.user), [session.key])
    return Self.signedOut(request)
  }

  /// Ends the user's session of that public id.
  func end(id: String, of session: ActiveSession, _ request: Request) throws -> Response {
    if session.record.id == id { return try end(session, request) }
    guard let found = try all(of: session.standing).first(where: { $0.record.id == id }) else {
      throw Problem(.notFound)
    }
    _ = try kv.delete([found.key])
    _ = try kv.removeFromSet(Self.setKey(session.standing.user), [found.key])
    return Response(.noContent)
  }

  /// Drops the records of all sessions; their epoch has been raised before, so that none can come back.
  func endAll(of session: ActiveSession, _ request: Request) throws -> Response {
    let user = session.standing.user
    let keys = try kv.members(Self.setKey(user))
    _ = try kv.delete(keys + [Self.setKey(user), session.key])
    try standings.forget(user)
    return Self.signedOut(request)
  }

  /// The user's sessions, the newest first.
  func list(_ session: ActiveSession, _ page: ListPage) throws -> Response {
    let records = try all(of: session.standing).map(\.record).sorted { $0.id > $1.id }
    let rest = records.drop { record in page.after.map { record.id >= $0 } ?? false }
    let items = rest.prefix(page.limit)
    return .json(
      JSON.object([
        .init("items", .array(items.map { SessionAnswer.item($0, isCurrent: $0.id == session.record.id) })),
        .init("next", JSON(rest.count > items.count ? items.last?.id : nil)),
      ]).bytes)
  }

  /// Makes the next request ask the modules again.
  func forgetStanding(of user: UserID) throws {
    try standings.forget(user)
  }

  private func all(of standing: Standing) throws -> [(key: String, record: SessionRecord)] {
    let keys = try kv.members(Self.setKey(standing.user))
    if keys.isEmpty { return [] }
    let replies = try kv.pipeline(keys.map { Command("GET", .text($0)) })
    var gone: [String] = []
    var found: [(key: String, record: SessionRecord)] = []
    for (key, reply) in zip(keys, replies) {
      if let record = reply.data.flatMap({ SessionRecord($0) }), record.epoch == standing.epoch {
        found.append((key, record))
      } else {
        gone.append(key)
      }
    }
    if !gone.isEmpty { _ = try kv.removeFromSet(Self.setKey(standing.user), gone) }
    return found
  }

  /// Notes the use of a session, every few minutes only. That it fails may shorten the session; it is no reason to
  /// refuse the request.
  private func touch(_ session: ActiveSession, at now: Instant) {
    guard now > session.record.lastSeenAt.adding(seconds: SessionRecord.touchSeconds) else { return }
    var record = session.record
    record.lastSeenAt = now
    // Only if it still exists: a session that ended meanwhile must not come back.
    _ = try? kv.setIfPresent(session.key, record.bytes, ttlMs: record.lifetimeMilliseconds(at: now))
  }

  private static func signedOut(_ request: Request) -> Response {
    Response(
      .noContent,
      headers: ["Set-Cookie": Cookie.set(cookieName(request), "", maxAgeSeconds: 0, secure: request.isSecure)])
  }

  private static func key(_ cookie: String) -> String {
    "session:\(Secret.digest(cookie))"
  }

  private static func setKey(_ user: UserID) -> String {
    "sessions:\(user.text)"
  }

  /// Plain HTTP, for trying it out on loopback, cannot have a `__Host-` cookie.
  private static func cookieName(_ request: Request) -> String {
    request.isSecure ? "__Host-session" : "session"
  }
}
