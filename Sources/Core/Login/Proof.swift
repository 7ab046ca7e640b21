import HTTP
import KV
import Services

/// Proving once more, by a mailed code, that the person at a session is the one who logged in.
package final class Proof: Sendable {
  private let codes: SessionCodes
  private let limits: LoginLimits
  private let sessions: SessionStore

  /// - Parameter attempts: of their own, so that a code for one purpose is none for the other.
  package init(attempts: LoginAttempts, limits: LoginLimits, sessions: SessionStore, services: BoundServices) {
    codes = SessionCodes(attempts: attempts, mailer: services.mailer)
    self.limits = limits
    self.sessions = sessions
  }

  /// `POST /api/auth/proof/start`: mails a code to the user's address.
  func start(_ exchange: Exchange) throws -> Response {
    let session = try exchange.session()
    var reader = try ObjectReader(Body.json(exchange.request, .optional))
    try reader.finish()
    let email = try Self.email(of: session)
    try limits.admitStart(address: email.text, client: exchange.request.parameter("REMOTE_ADDR") ?? "")
    return try codes.mail(to: email, session)
  }

  /// `POST /api/auth/proof`: the session goes on under a new id, freshly proved.
  func confirm(_ exchange: Exchange) throws -> Response {
    let request = exchange.request
    let session = try exchange.session()
    var reader = try ObjectReader(Body.json(request))
    let code = reader.string("code", minimum: 1, maximum: 20)
    try reader.finish()
    let email = try Self.email(of: session)
    try limits.admitConfirm(address: email.text, client: request.parameter("REMOTE_ADDR") ?? "")
    try codes.confirm(code, mailedTo: email, session)
    return try sessions.renew(session, session.standing, request) { $0.provedAt = request.startedAt }
  }

  private static func email(of session: ActiveSession) throws -> EmailAddress {
    guard let email = EmailAddress(session.standing.email) else { throw Problem(.internalError) }
    return email
  }
}
