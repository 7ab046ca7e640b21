import HTTP
import Services

/// Changes of a session that concern the user as well.
extension Gateway {
  /// `PATCH /api/session`: the user's language.
  func changeSession(_ exchange: Exchange) throws -> Response {
    let session = try exchange.session()
    var reader = try ObjectReader(Body.json(exchange.request))
    let language = reader.optionalCase("locale", Language.self)
    try reader.finish()
    if let language {
      try services.customer.setLanguage(language, of: session.standing.user)
      try sessions.forgetStanding(of: session.standing.user)
    }
    guard case .user(let changed) = try sessions.identify(exchange.request, for: .user) else {
      throw Problem(.unauthenticated)
    }
    return SessionAnswer.one(changed, at: exchange.request.startedAt)
  }

  /// `DELETE /api/sessions`: first the epoch in PostgreSQL, so that a lost write to KV revives no session.
  func endSessions(_ exchange: Exchange) throws -> Response {
    let session = try exchange.session()
    try services.customer.endSessions(of: session.standing.user)
    return try sessions.endAll(of: session, exchange.request)
  }
}
