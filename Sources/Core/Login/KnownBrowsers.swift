import HTTP
package import KV
package import Services

/// The browsers that a user has logged in with, so that a login from another one is told by mail.
///
/// A browser is known by a random cookie of its own, which says nothing and opens nothing. Losing what KV remembers
/// costs a mail, nothing more, so no failure here fails a login.
package struct KnownBrowsers: Sendable {
  /// As long as browsers keep a cookie (RFC 6265bis, section 5.5).
  private static let lifetimeSeconds = 400 * 86_400
  /// The most that are remembered for a user; then the memory begins anew.
  private static let limit = 100

  private let kv: KV
  private let mailer: any MailerService
  private let sessionsPage: String

  /// - Parameter appURL: where the dashboard is.
  package init(_ kv: KV, _ mailer: any MailerService, appURL: String) {
    self.kv = kv
    self.mailer = mailer
    sessionsPage = "\(appURL)/settings"
  }

  /// Notes a login, tells the user if its browser is new to them, and gives the browser its cookie.
  func note(_ standing: Standing, _ request: Request, _ response: inout Response) {
    let cookie = Self.cookie(request) ?? Secret.token()
    response.headers.append(
      "Set-Cookie",
      Cookie.set(Self.cookieName(request), cookie, maxAgeSeconds: Self.lifetimeSeconds, secure: request.isSecure))
    try? remember(Secret.digest("\(standing.user.text) \(cookie)"), of: standing, request)
  }

  private func remember(_ browser: String, of standing: Standing, _ request: Request) throws {
    let key = "browsers:\(standing.user.text)"
    let known = try kv.members(key)
    if known.count >= Self.limit { _ = try kv.delete([key]) }
    _ = try kv.addToSet(key, [browser], ttlMs: Self.lifetimeSeconds * 1000)
    // The very first browser is no surprise to anybody.
    guard !known.isEmpty, !known.contains(browser), let email = EmailAddress(standing.email) else { return }
    try mailer.enqueue(
      .newLogin(
        session: browser, at: request.startedAt, browser: BrowserName.of(request.parameter("HTTP_USER_AGENT")),
        sessions: sessionsPage),
      to: email, language: standing.language)
  }

  private static func cookieName(_ request: Request) -> String {
    request.isSecure ? "__Host-browser" : "browser"
  }

  /// The cookie of an earlier login, if it is of our making.
  private static func cookie(_ request: Request) -> String? {
    guard let value = Cookie.value(cookieName(request), in: request.parameter("HTTP_COOKIE")),
      value.utf8.count == 43, value.utf8.allSatisfy(isBase64URL)
    else { return nil }
    return value
  }

  private static func isBase64URL(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
