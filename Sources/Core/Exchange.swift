import HTTP
import Services

/// One request with what the pipeline has found out about it so far.
struct Exchange {
  let request: Request
  var route = Route.unknown
  var identity = Identity.anonymous

  init(_ request: Request) {
    self.request = request
  }

  /// The language of problems: the user's, else the browser's.
  var language: Language {
    switch identity {
    case .anonymous: Language(acceptLanguage: request.parameter("HTTP_ACCEPT_LANGUAGE"))
    case .user(let session): session.standing.language
    }
  }

  /// The session behind the request.
  ///
  /// - Throws: ``Problem`` of 401 without one.
  func session() throws -> ActiveSession {
    guard case .user(let session) = identity else { throw Problem(.unauthenticated) }
    return session
  }

  /// Who asks, in the modules' terms.
  func caller() throws -> Caller {
    try session().standing.caller()
  }
}

/// Who stands behind a request.
enum Identity {
  case anonymous
  case user(ActiveSession)
}
