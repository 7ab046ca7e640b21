import HTTP
import KV
import Services

/// Another address for a user: proved by a code that is mailed to it, at a session whose person has lately proved the
/// present one.
package final class AddressChange: Sendable {
  private let codes: SessionCodes
  private let limits: LoginLimits
  private let sessions: SessionStore
  private let services: BoundServices

  /// - Parameter attempts: of their own, so that a code for one purpose is none for the other.
  package init(attempts: LoginAttempts, limits: LoginLimits, sessions: SessionStore, services: BoundServices) {
    codes = SessionCodes(attempts: attempts, mailer: services.mailer)
    self.limits = limits
    self.sessions = sessions
    self.services = services
  }

  /// `POST /api/account/email`: mails a code to the new address. Whether somebody else has it is told to nobody but its
  /// owner, who has the code.
  func start(_ exchange: Exchange) throws -> Response {
    let session = try exchange.session()
    var reader = try ObjectReader(Body.json(exchange.request))
    let email = Self.email(&reader)
    try reader.finish()
    guard let email else { throw Problem(.internalError) }
    try limits.admitStart(address: email.text, client: exchange.request.parameter("REMOTE_ADDR") ?? "")
    return try codes.mail(to: email, session)
  }

  /// `POST /api/account/email/confirm`: the address is the user's from now on; on wish all other sessions end.
  func confirm(_ exchange: Exchange) throws -> Response {
    let request = exchange.request
    let session = try exchange.session()
    var reader = try ObjectReader(Body.json(request))
    let email = Self.email(&reader)
    let code = reader.string("code", minimum: 1, maximum: 20)
    let endsSessions = reader.optionalBool("end_sessions") ?? false
    try reader.finish()
    guard let email else { throw Problem(.internalError) }
    try limits.admitConfirm(address: email.text, client: request.parameter("REMOTE_ADDR") ?? "")
    try codes.confirm(code, mailedTo: email, session)
    let user = session.standing.user
    try services.customer.changeAddress(of: user, to: email, endsSessions: endsSessions)
    // Made already; a standing that stays is mended within the minute.
    try? sessions.forgetStanding(of: user)
    guard let standing = try services.customer.standing(of: user, for: session.record.customer) else {
      throw Problem(.unauthenticated)
    }
    return try sessions.renew(session, standing, request) { $0.epoch = standing.epoch }
  }

  private static func email(_ reader: inout ObjectReader) -> EmailAddress? {
    let typed = reader.string("email", minimum: 1, maximum: 254)
    let email = EmailAddress(typed)
    if email == nil, reader.errors.isEmpty { reader.refuse("email", .invalidEmail) }
    return email
  }
}
