import HTTP
package import HTTPClient

/// Why Stripe did not do what it was asked.
package enum StripeError: Error, Sendable {
  /// No answer; a change may have happened all the same.
  case unreachable(HTTPClientError)
  /// An answer that is no JSON.
  case unreadable(requestID: String?)
  /// JSON that lacks what it must have: another version than ``StripeAPI/version``.
  case unexpected(String)
  /// An error as Stripe tells it.
  case refused(StripeRefusal)

  /// Whether the same request, under the same key, may fare better.
  var mayBeRepeated: Bool {
    switch self {
    case .unreachable(let failure):
      switch failure {
      case .connect, .tls, .timeout, .interrupted, .busy: true
      case .invalidURL, .invalidRequest, .refusedAddress, .tooLarge, .tooManyRedirects: false
      }
    case .unreadable: true
    case .unexpected: false
    case .refused(let refusal):
      refusal.shouldRetry ?? (refusal.status == 409 || refusal.status == 429 || refusal.status >= 500)
    }
  }

  /// Whether an answer is of a shape that this code does not know: the same would come again.
  var isUnexpected: Bool {
    if case .unexpected = self { true } else { false }
  }

  var isRateLimited: Bool {
    if case .refused(let refusal) = self { refusal.status == 429 } else { false }
  }

  /// How long Stripe asks to wait before a repeat.
  var retryAfterSeconds: Int? {
    if case .refused(let refusal) = self { refusal.retryAfterSeconds } else { nil }
  }
}

/// The `error` object of a refusal (https://docs.stripe.com/api/errors).
package struct StripeRefusal: Sendable, CustomStringConvertible {
  package let status: Int
  package let type: String
  package let code: String?
  package let declineCode: String?
  package let parameter: String?
  package let message: String
  package let requestID: String?
  /// `Stripe-Should-Retry`, when Stripe says so.
  let shouldRetry: Bool?
  /// `Retry-After`, when Stripe says so.
  let retryAfterSeconds: Int?

  init(_ response: HTTPClient.Response) {
    let error = (try? JSONParser.parse(response.body))?["error"]
    status = response.status
    type = error?["type"]?.stringValue ?? "unknown"
    code = error?["code"]?.stringValue
    declineCode = error?["decline_code"]?.stringValue
    parameter = error?["param"]?.stringValue
    message = error?["message"]?.stringValue ?? ""
    requestID = response.header("request-id")
    shouldRetry = response.header("stripe-should-retry").map { $0 == "true" }
    retryAfterSeconds = response.retryAfterSeconds
  }

  /// For logs: Stripe's message stays away, as it may name a person's address. The request id finds it in the
  /// dashboard.
  package var description: String {
    "\(status) \(type) \(code ?? "-") \(parameter ?? "-") \(requestID ?? "-")"
  }
}
