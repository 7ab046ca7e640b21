import HTTP

/// Which origins may make browsers send requests (CSRF and CORS).
///
/// A request that changes something must come from the app itself: by Fetch Metadata (`Sec-Fetch-Site: same-origin`),
/// or by an `Origin` that is the app's. One that says neither is refused: every browser of today sends one of them.
package struct OriginPolicy: Sendable {
  private let appOrigins: [String]
  private let allowedOrigins: [String]

  /// - Parameters:
  ///   - appOrigins: where the dashboard is served: `https://app.smartpages.example`.
  ///   - allowedOrigins: further origins whose pages may use the API by CORS; none unless configured.
  package init(appOrigins: [String], allowedOrigins: [String]) {
    self.appOrigins = appOrigins
    self.allowedOrigins = allowedOrigins
  }

  func admit(_ request: Request, to route: Route) throws {
    // What is signed does not come from a browser, and needs no cookie that one could be made to send.
    if case .signature = route.access { return }
    guard !request.method.isSafe else { return }
    if let origin = request.parameter("HTTP_ORIGIN") {
      guard appOrigins.contains(origin) || allowedOrigins.contains(origin) else { throw Problem(.crossOrigin) }
      if allowedOrigins.contains(origin) { return }
    }
    switch request.parameter("HTTP_SEC_FETCH_SITE") {
    case "same-origin": return
    case nil where request.parameter("HTTP_ORIGIN") != nil: return
    default: throw Problem(.crossOrigin)
    }
  }

  func addHeaders(to response: inout Response, for request: Request) {
    guard !allowedOrigins.isEmpty else { return }
    response.headers.append("Vary", "Origin")
    guard let origin = request.parameter("HTTP_ORIGIN"), allowedOrigins.contains(origin) else { return }
    response.headers.append("Access-Control-Allow-Origin", origin)
    response.headers.append("Access-Control-Allow-Credentials", "true")
    response.headers.append("Access-Control-Expose-Headers", "ETag, Location, Retry-After, X-Request-Id")
    if request.method == .options {
      response.headers.append("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE")
      response.headers.append("Access-Control-Allow-Headers", "Content-Type, If-Match, Idempotency-Key, X-File-Name")
      response.headers.append("Access-Control-Max-Age", "600")
    }
  }
}
