extension HTTPClient.Request {
  /// Whether the method changes nothing (RFC 9110, 9.2.1).
  var isSafe: Bool { ["GET", "HEAD", "OPTIONS"].contains(method) }

  /// Whether it may be sent twice with the effect of once: by its method (RFC 9110, 9.2.2), or by a key with which the
  /// server tells repeats.
  var isRepeatable: Bool {
    isSafe || ["PUT", "DELETE"].contains(method) || headers.contains { $0.name.lowercased() == "idempotency-key" }
  }

  /// What is sent to where `response` redirects to (RFC 9110, 15.4); nil: the response is no redirect.
  func redirected(by response: HTTPClient.Response, at address: WebAddress) throws(HTTPClientError)
    -> (request: HTTPClient.Request, address: WebAddress)?
  {
    guard [301, 302, 303, 307, 308].contains(response.status), let location = response.header("location"),
      !location.isEmpty
    else { return nil }
    let next = try address.following(location)
    var request = self
    let becomesGET =
      response.status == 303 && !["GET", "HEAD"].contains(method)
      || [301, 302].contains(response.status) && method == "POST"
    if becomesGET {
      request.method = "GET"
      request.body = nil
      request.headers.removeAll { $0.name.lowercased().hasPrefix("content-") }
    }
    if next.origin != address.origin {
      request.headers.removeAll { ["authorization", "cookie", "host"].contains($0.name.lowercased()) }
    }
    return (request, next)
  }
}
