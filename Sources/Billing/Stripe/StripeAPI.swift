package import HTTP
package import HTTPClient

/// Stripe's API: form-encoded requests, JSON answers (https://docs.stripe.com/api).
package struct StripeAPI: Sendable {
  /// The version whose shapes this code reads and writes.
  package static let version = "2026-10-28.endive"

  private let client: HTTPClient
  /// Where it is: `https://api.stripe.com`, or a stand-in's address.
  let origin: String
  private let key: String
  private let retries: RetryBudget

  /// - Parameters:
  ///   - origin: `https://api.stripe.com`, or a stand-in.
  ///   - key: the secret key; its prefix says whether it is live.
  package init(client: HTTPClient, origin: String, key: String) {
    self.client = client
    self.origin = origin
    self.key = key
    retries = RetryBudget(limit: 20)
  }

  /// Whether the key moves real money.
  package var isLive: Bool { key.hasPrefix("sk_live_") || key.hasPrefix("rk_live_") }

  /// Fetches; repeated on failure, as nothing changes.
  package func get(_ path: String, _ form: Form = Form()) throws(StripeError) -> JSON {
    let query = form.text
    return try send("GET", query.isEmpty ? path : "\(path)?\(query)", body: nil, idempotencyKey: nil)
  }

  /// Creates or changes.
  ///
  /// - Parameter idempotencyKey: the same for every repeat of the same matter, also after a crash; persisted by the
  ///   caller before the first send (https://docs.stripe.com/api/idempotent_requests).
  package func post(_ path: String, _ form: Form, idempotencyKey: String) throws(StripeError) -> JSON {
    try post(path, body: form.text, idempotencyKey: idempotencyKey)
  }

  /// The same with a body that was encoded, and kept, before.
  package func post(_ path: String, body: String, idempotencyKey: String) throws(StripeError) -> JSON {
    try send("POST", path, body: body, idempotencyKey: idempotencyKey)
  }

  /// Ends something; repeated on failure, as a second time finds nothing.
  package func delete(_ path: String) throws(StripeError) -> JSON {
    try send("DELETE", path, body: nil, idempotencyKey: nil)
  }

  /// The longest that one request may take: somebody waits for most of them.
  private static let requestMilliseconds = 10_000
  /// How long after the first try there are further ones: what has timed out is not tried again at once.
  private static let repeatMilliseconds = 5000

  /// Tries up to three times, while the failure says that a repeat may help and the budget allows it.
  private func send(_ method: String, _ path: String, body: String?, idempotencyKey: String?) throws(StripeError)
    -> JSON
  {
    retries.deposit()
    let begin = Instant.now
    var attempt = 1
    while true {
      let failure: StripeError
      do {
        return try sendOnce(method, path, body: body, idempotencyKey: idempotencyKey)
      } catch {
        failure = error
      }
      let pause = RetryPause.milliseconds(
        afterAttempt: attempt, baseMilliseconds: failure.isRateLimited ? 500 : 150, limitMilliseconds: 2000,
        retryAfterSeconds: failure.retryAfterSeconds)
      guard attempt < 3, failure.mayBeRepeated, let pause,
        Instant.now.milliseconds(since: begin) < Self.repeatMilliseconds, retries.withdraw()
      else { throw failure }
      RetryPause.wait(milliseconds: pause)
      attempt += 1
    }
  }

  private func sendOnce(
    _ method: String, _ path: String, body: String?, idempotencyKey: String?
  ) throws(StripeError) -> JSON {
    var headers = [("Authorization", "Bearer \(key)"), ("Stripe-Version", Self.version)]
    if let idempotencyKey { headers.append(("Idempotency-Key", idempotencyKey)) }
    if body != nil { headers.append(("Content-Type", "application/x-www-form-urlencoded")) }
    let response: HTTPClient.Response
    do {
      response = try client.send(
        HTTPClient.Request(
          method, origin + path, headers: headers, body: body.map { Array($0.utf8) },
          totalMilliseconds: Self.requestMilliseconds))
    } catch {
      throw .unreachable(error)
    }
    guard (200..<300).contains(response.status) else { throw .refused(StripeRefusal(response)) }
    do {
      return try JSONParser.parse(response.body)
    } catch {
      throw .unreadable(requestID: response.header("request-id"))
    }
  }
}
