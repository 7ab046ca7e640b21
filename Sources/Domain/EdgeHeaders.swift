import HTTP

/// What every answer of the edge carries. A page without a policy of its own may do nothing. Never a cookie.
enum EdgeHeaders {
  /// A preview is for those who were given its address: no search engine lists it, no cache keeps it, and no site that
  /// it leads to learns of it.
  static func hide(_ response: inout Response) {
    response.headers.set("Cache-Control", "private, no-store")
    response.headers.append("X-Robots-Tag", "noindex, nofollow, noarchive")
    response.headers.append("Referrer-Policy", "no-referrer")
  }

  /// Said over HTTPS only, where alone browsers heed it (RFC 6797, section 7.2).
  static func keepToHTTPS(_ response: inout Response) {
    response.headers.append("Strict-Transport-Security", "max-age=31536000")
  }

  static func add(to response: inout Response, _ request: Request) {
    if !response.headers.contains("Content-Security-Policy") {
      response.headers.append("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    }
    response.headers.append("X-Content-Type-Options", "nosniff")
    if !response.headers.contains("Referrer-Policy") {
      response.headers.append("Referrer-Policy", "strict-origin-when-cross-origin")
    }
    response.headers.append("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.append("Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()")
    response.headers.append("X-Request-Id", request.id)
  }
}
