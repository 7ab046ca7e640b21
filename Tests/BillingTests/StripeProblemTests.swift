import HTTP
import Testing

@testable import Billing
@testable import HTTPClient

@Suite("Failures at Stripe, as callers are told")
struct StripeProblemTests {
  @Test(
    "wait, unless the card or the request itself is refused",
    arguments: [
      (401, "invalid_request_error", nil, .paymentUnavailable),
      (403, "invalid_request_error", nil, .paymentUnavailable),
      (402, "card_error", "card_declined", .paymentFailed), (400, "card_error", "expired_card", .paymentFailed),
      (429, "rate_limit_error", "rate_limit", .paymentUnavailable),
      (409, "idempotency_error", "idempotency_key_in_use", .paymentUnavailable),
      (500, "api_error", nil, .paymentUnavailable), (503, "api_error", nil, .paymentUnavailable),
      (400, "invalid_request_error", "parameter_unknown", .paymentRefused),
      (404, "invalid_request_error", "resource_missing", .paymentRefused),
    ] as [(Int, String, String?, ProblemCode?)])
  func refused(_ status: Int, _ type: String, _ code: String?, _ expected: ProblemCode?) {
    let error = refusal(status, type, code)
    #expect(error.problem?.code == expected)
    #expect(error.needsAttention == ([401, 403].contains(status) || expected == .paymentRefused))
    if expected == .paymentUnavailable { #expect((error.problem?.retryAfterSeconds ?? 0) > 0) }
  }

  @Test("are told as away when there is no answer")
  func away() {
    for error in [StripeError.unreachable(.timeout), .unreachable(.connect("refused")), .unreadable(requestID: nil)] {
      #expect(error.problem?.code == .paymentUnavailable)
      #expect(error.problem?.retryAfterSeconds == 5)
    }
  }

  private func refusal(_ status: Int, _ type: String, _ code: String?) -> StripeError {
    let body: JSON = ["error": ["type": .string(type), "code": JSON(code), "message": "no"]]
    return .refused(StripeRefusal(HTTPClient.Response(status: status, headers: [], body: body.bytes)))
  }
}
