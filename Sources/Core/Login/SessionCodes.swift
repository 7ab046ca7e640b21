import HTTP
import Services

/// Codes that are mailed to somebody who is logged in, and typed in at the same session.
struct SessionCodes {
  let attempts: LoginAttempts
  let mailer: any MailerService

  /// Mails a code, bound to the session in place of a browser.
  ///
  /// - Returns: the answer, which says nothing of the address.
  func mail(to email: EmailAddress, _ session: ActiveSession) throws -> Response {
    let code = Secret.code()
    let language = session.standing.language
    // There is no link, so nobody needs the token.
    try attempts.start(email: email, language: language, token: Secret.token(), code: code, nonce: session.key)
    try mailer.enqueue(
      .proof(code: code, minutes: LoginAttempts.lifetimeSeconds / 60), to: email, language: language)
    return .json(.accepted, LoginAttempts.startedAnswer)
  }

  /// - Parameter code: as it was typed, spaces included.
  /// - Throws: ``Problem`` of 401, which tells how many tries remain, when it is not the code that was mailed.
  func confirm(_ code: String, mailedTo email: EmailAddress, _ session: ActiveSession) throws {
    switch try attempts.confirm(email: email, code: code.filter { !$0.isWhitespace }, nonce: session.key) {
    case .proved: return
    case .foreignBrowser: throw Problem(.loginInvalid)
    case .refused(let remaining):
      throw Problem(.loginInvalid, members: [.init("remaining_tries", .integer(Int64(remaining)))])
    }
  }
}
