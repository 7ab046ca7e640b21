import HTTP
import KV
import Services

/// Proving once more, by a mailed code, that the person at a session is the one who logged in.
package final class Proof: Sendable {
  private let attempts: LoginAttempts
  private let limits: LoginLimits
  private let sessions: SessionStore
  private let services: BoundServices

  /// - Parameter attempts: of their own, so that a code for one purpose is none for the other.
  package init(attempts: LoginAttempts, limits: LoginLimits, sessions: SessionStore, services: BoundServices) {
    self.attempts = attempts
    self.limits = limits
    self.sessions = sessions
    self.services = services
  }

  /// `POST /api/auth/proof/start`: mails a code to the user's address.
  func start(_ exchange: Exchange) throws -> Response {
    let session = try exchange.session()
    var reader = try ObjectReader(Body.json(exchange.request, .optional))
    try reader.finish()
    let email = try Self.email(of: session)
    try limits.admitStart(address: email.text, client: exchange.request.parameter("REMOTE_ADDR") ?? "")
    let code = Secret.code()
    // Bound to this session in place of a browser; there is no link, so nobody needs the token.
    try attempts.start(
      email: email, language: session.standing.language, token: Secret.token(), code: code, nonce: session.key)
    try services.mailer.enqueue(
      .proof(code: code, minutes: LoginAttempts.lifetimeSeconds / 60), to: email, language: session.standing.language)
    return .json(.accepted, LoginAttempts.startedAnswer)
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
    let digits = code.filter { !$0.isWhitespace }
    switch try attempts.confirm(email: email, code: digits, nonce: session.key) {
    case .proved:
      return try sessions.renew(session, session.standing, request) { $0.provedAt = request.startedAt }
    case .foreignBrowser: throw Problem(.loginInvalid)
    case .refused(let remaining):
      throw Problem(.loginInvalid, members: [.init("remaining_tries", .integer(Int64(remaining)))])
    }
  }

  private static func email(of session: ActiveSession) throws -> EmailAddress {
    guard let email = EmailAddress(session.standing.email) else { throw Problem(.internalError) }
    return email
  }
}
