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
    case .user, .member, .proved: break
    }
    let cookie = Cookie.value(Self.cookieName(request), in: request.parameter("HTTP_COOKIE"))
    if request.parameter("HTTP_AUTHORIZATION") != nil {
      // No tokens are issued yet: whoever sends one is not known.
      throw Problem(cookie == nil ? .unauthenticated : .ambiguousCredentials)
    }
    guard let cookie, cookie.utf8.count == 43 else { return .anonymous }
    let key = Self.key(cookie)
    guard let bytes = try kv.cached(key), let record = SessionRecord(bytes), record.isValid(at: request.startedAt),
      let found = try standings.find(record.user, for: record.customer, atLeast: record.epoch),
      found.standing.epoch == record.epoch
    else { return .anonymous }
    let entitlements = found.entitlements?.at(request.startedAt)
    let session = ActiveSession(record: record, key: key, standing: found.standing, entitlements: entitlements)
    return .user(touched(session, for: access, at: request.startedAt))
  }

  /// Opens a session under a new id and answers with its cookie; an earlier session of the browser ends.
  func open(_ standing: Standing, _ request: Request) throws -> Response {
    if let earlier = Cookie.value(Self.cookieName(request), in: request.parameter("HTTP_COOKIE")) {
      _ = try kv.delete([Self.key(earlier)])
    }
    let value = Secret.token()
    let key = Self.key(value)
    let agent = String((request.parameter("HTTP_USER_AGENT") ?? "").unicodeScalars.prefix(200))
    let record = SessionRecord(
      id: Identifier<SessionRecord>.new().text, user: standing.user, epoch: standing.epoch,
      createdAt: request.startedAt, customer: standing.membership?.customer, userAgent: agent)
    try kv.set(key, record.bytes, ttlMs: record.lifetimeMilliseconds(at: request.startedAt))
    _ = try kv.addToSet(
      Self.setKey(standing.user), [key], ttlMs: Int(SessionRecord.absoluteSeconds * 1000))
    return try Self.answer(active(record, key, standing), value, request)
  }

  /// Has the session act for another customer of its user.
  func move(_ session: ActiveSession, to standing: Standing, _ request: Request) throws -> Response {
    var record = session.record
    record.customer = standing.membership?.customer
    guard try kv.setIfPresent(session.key, record.bytes, ttlMs: record.lifetimeMilliseconds(at: request.startedAt))
    else { throw Problem(.unauthenticated) }
    return SessionAnswer.one(try active(record, session.key, standing), at: request.startedAt)
  }

  /// Goes on under a new id, which a session gets whenever it may do more than before. What is under way under the old
  /// one has some seconds to end, without the new rights.
  func renew(
    _ session: ActiveSession, _ standing: Standing, _ request: Request, _ change: (inout SessionRecord) -> Void
  ) throws -> Response {
    let now = request.startedAt
    let value = Secret.token()
    let key = Self.key(value)
    var record = session.record
    record.lastSeenAt = now
    var old = record
    old.end(within: SessionRecord.replacedSeconds, at: now)
    change(&record)
    let replaced = try kv.run(
      Self.replaceScript, keys: [session.key, key, Self.setKey(standing.user)],
      arguments: [
        .bytes(old.bytes), .integer(old.lifetimeMilliseconds(at: now)), .bytes(record.bytes),
        .integer(record.lifetimeMilliseconds(at: now)),
      ])
    // Ended meanwhile: it must not come back.
    guard replaced == .integer(1) else { throw Problem(.unauthenticated) }
    return try Self.answer(active(record, key, standing), value, request)
  }

  private static let replaceScript = Script(
    """
    if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
    redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[4])
    redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
    redis.call('SADD', KEYS[3], KEYS[2])
    redis.call('SREM', KEYS[3], KEYS[1])
    return 1
    """)

  private func active(_ record: SessionRecord, _ key: String, _ standing: Standing) throws -> ActiveSession {
    ActiveSession(
      record: record, key: key, standing: standing,
      entitlements: try standing.membership.map { try services.billing.entitlements(of: $0.customer) })
  }

  private static func answer(_ session: ActiveSession, _ cookie: String, _ request: Request) -> Response {
    var response = SessionAnswer.one(session, at: request.startedAt)
    response.headers.append(
      "Set-Cookie",
      Cookie.set(
        cookieName(request), cookie, maxAgeSeconds: Int(SessionRecord.absoluteSeconds), secure: request.isSecure))
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

  /// Notes the use of a session, every few minutes only. One whose user does not belong to its customer any more goes
  /// on with another, by a route that asks who one is, and stays there. That it fails may shorten the session; it is no
  /// reason to refuse the request.
  private func touched(_ session: ActiveSession, for access: Access, at now: Instant) -> ActiveSession {
    var record = session.record
    if case .user = access { record.customer = session.standing.membership?.customer }
    guard
      now > record.lastSeenAt.adding(seconds: SessionRecord.touchSeconds) || record.customer != session.record.customer
    else { return session }
    record.lastSeenAt = now
    // Only if it still exists: a session that ended meanwhile must not come back.
    _ = try? kv.setIfPresent(session.key, record.bytes, ttlMs: record.lifetimeMilliseconds(at: now))
    return ActiveSession(
      record: record, key: session.key, standing: session.standing, entitlements: session.entitlements)
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
