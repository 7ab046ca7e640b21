import HTTP
import KV
import Services

/// Logging in without a password: a mail with a link and a code, and their confirmation.
package final class Login: Sendable {
  private let attempts: LoginAttempts
  private let limits: LoginLimits
  private let sessions: SessionStore
  private let browsers: KnownBrowsers
  private let services: BoundServices
  /// Where the dashboard is; the mailed link leads there.
  private let appURL: String

  package init(
    attempts: LoginAttempts, limits: LoginLimits, sessions: SessionStore, browsers: KnownBrowsers,
    services: BoundServices, appURL: String
  ) {
    self.attempts = attempts
    self.limits = limits
    self.sessions = sessions
    self.browsers = browsers
    self.services = services
    self.appURL = appURL
  }

  /// Accepts a mail to any address. Whether somebody is known by it is not even looked up, so neither the answer nor
  /// its time can tell.
  func start(_ exchange: Exchange) throws -> Response {
    let request = exchange.request
    var reader = try ObjectReader(Body.json(request))
    let typed = reader.string("email", minimum: 1, maximum: 254)
    let email = EmailAddress(typed)
    if email == nil, reader.errors.isEmpty { reader.refuse("email", .invalidEmail) }
    let language = reader.optionalCase("locale", Language.self) ?? exchange.language
    try reader.finish()
    guard let email else { throw Problem(.internalError) }
    try limits.admitStart(address: email.text, client: request.parameter("REMOTE_ADDR") ?? "")

    let token = Secret.token()
    let code = Secret.code()
    let nonce = Self.nonce(request) ?? Secret.token()
    try attempts.start(email: email, language: language, token: token, code: code, nonce: nonce)
    // The token stands in the fragment: no server and no log ever sees it.
    try services.mailer.enqueue(
      .login(
        link: "\(appURL)/login/confirm#token=\(token)", code: code, minutes: LoginAttempts.lifetimeSeconds / 60),
      to: email, language: language)

    var response = Response.json(.accepted, LoginAttempts.startedAnswer)
    response.headers.append(
      "Set-Cookie",
      Cookie.set(
        Self.cookieName(request), nonce, maxAgeSeconds: LoginAttempts.lifetimeSeconds, secure: request.isSecure))
    return response
  }

  /// Uses a link or a code once, and opens a session under a new id.
  func confirm(_ exchange: Exchange) throws -> Response {
    let request = exchange.request
    let proof = try prove(request)
    guard let email = EmailAddress(proof.email) else { throw Problem(.internalError) }
    let standing = try services.customer.signIn(
      email, language: proof.language, browser: BrowserName.of(request.parameter("HTTP_USER_AGENT")))
    // Who belonged to no customer may have one since this login, in other browsers too.
    try? sessions.forgetStanding(of: standing.user)
    var response = try sessions.open(standing, request)
    browsers.note(standing, request, &response)
    return response
  }

  private func prove(_ request: Request) throws -> LoginAttempts.Proof {
    var reader = try ObjectReader(Body.json(request))
    let token = reader.optionalString("token", minimum: 1, maximum: 100)
    let typed = reader.optionalString("email", minimum: 1, maximum: 254)
    let code = reader.optionalString("code", minimum: 1, maximum: 20)
    if token == nil {
      if !reader.has("email") { reader.refuse("email", .required) }
      if !reader.has("code") { reader.refuse("code", .required) }
    } else if typed != nil || code != nil {
      reader.refuse("token", .notAllowed)
    }
    try reader.finish()
    let email = typed.flatMap { EmailAddress($0) }
    try limits.admitConfirm(address: email?.text, client: request.parameter("REMOTE_ADDR") ?? "")

    let outcome: LoginAttempts.Outcome
    if let token {
      outcome = try attempts.confirm(token: token, nonce: Self.nonce(request))
    } else if let email, let code {
      let digits = code.filter { !$0.isWhitespace }
      outcome = try attempts.confirm(email: email, code: digits, nonce: Self.nonce(request))
    } else {
      outcome = .refused(remainingTries: 0)
    }
    switch outcome {
    case .proved(let proof): return proof
    case .foreignBrowser: throw Problem(.codeRequired)
    case .refused(let remaining):
      throw Problem(
        .loginInvalid, members: token == nil ? [.init("remaining_tries", .integer(Int64(remaining)))] : [])
    }
  }

  private static func cookieName(_ request: Request) -> String {
    request.isSecure ? "__Host-login" : "login"
  }

  /// The browser's nonce of an earlier start, if it is of our making.
  private static func nonce(_ request: Request) -> String? {
    guard let value = Cookie.value(cookieName(request), in: request.parameter("HTTP_COOKIE")),
      value.utf8.count == 43
    else { return nil }
    return value
  }
}
