import HTTP

/// What every answer of the edge carries. A page without a policy of its own may do nothing. Never a cookie.
enum EdgeHeaders {
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
