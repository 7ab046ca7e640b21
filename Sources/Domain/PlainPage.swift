import HTTP

/// The few pages that Domain says in its own words: there is no site to say them.
enum PlainPage {
  /// No site has this host.
  static func unknownHost(_ language: Language, status: Status) -> Response {
    switch language {
    case .german:
      page(
        language, status, "Hier ist noch nichts",
        "Unter dieser Adresse ist keine Seite veröffentlicht. Bitte prüfen Sie die Schreibweise.")
    case .english:
      page(
        language, status, "Nothing here yet",
        "No site is published at this address. Please check its spelling.")
    }
  }

  /// The site was there and is not any more.
  static func gone(_ language: Language) -> Response {
    switch language {
    case .german: page(language, .gone, "Nicht mehr da", "Diese Seite gibt es nicht mehr.")
    case .english: page(language, .gone, "Gone", "This site does not exist any more.")
    }
  }

  /// What was shown for a while is not shown any more.
  static func expired(_ language: Language) -> Response {
    switch language {
    case .german:
      page(language, .gone, "Abgelaufen", "Diese Vorschau ist abgelaufen. Bitten Sie um einen neuen Link.")
    case .english: page(language, .gone, "Expired", "This preview has expired. Please ask for a new link.")
    }
  }

  /// The operator or the customer has paused the site.
  static func suspended(_ language: Language) -> Response {
    switch language {
    case .german: page(language, .notFound, "Pausiert", "Diese Seite ist gerade nicht zu erreichen.")
    case .english: page(language, .notFound, "Paused", "This site cannot be reached just now.")
    }
  }

  /// The volume cannot be read.
  static func unavailable(_ language: Language) -> Response {
    var response =
      switch language {
      case .german:
        page(language, .serviceUnavailable, "Gleich wieder da", "Bitte versuchen Sie es in einem Moment noch einmal.")
      case .english: page(language, .serviceUnavailable, "Back in a moment", "Please try again shortly.")
      }
    response.headers.append("Retry-After", "2")
    return response
  }

  /// Only GET and HEAD are served.
  static func methodNotAllowed(_ language: Language) -> Response {
    var response = page(language, .methodNotAllowed, "405", "GET, HEAD")
    response.headers.append("Allow", "GET, HEAD")
    return response
  }

  private static func page(_ language: Language, _ status: Status, _ title: String, _ text: String) -> Response {
    let html = """
      <!doctype html>
      <html lang="\(language.rawValue)"><head><meta charset="utf-8">\
      <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">\
      <meta name="color-scheme" content="light dark"><title>\(title)</title></head>\
      <body><main><h1>\(title)</h1><p>\(text)</p></main></body></html>

      """
    return Response(
      status,
      headers: [
        "Content-Type": "text/html; charset=utf-8", "Content-Language": language.rawValue,
        "Cache-Control": "no-cache", "Vary": "Accept-Language",
      ],
      body: .text(html))
  }
}
