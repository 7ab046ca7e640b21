import HTTP

/// What every answer of the API carries. The headers of security that hold for the dashboard as well are nginx's.
enum CommonHeaders {
  static func add(to response: inout Response, _ exchange: Exchange) {
    response.headers.append("X-Request-Id", exchange.request.id)
    if !response.headers.contains("Cache-Control") { response.headers.append("Cache-Control", "no-store") }
  }
}
