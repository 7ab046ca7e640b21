import Database
import Testing

@testable import HTTPClient
@testable import Mailer

@Suite("What Resend's answers mean")
struct ResendOutcomeTests {
  enum Class: String { case accepted, unsentRetry, maybeRetry, rate, mail, permanent, unknown, halt, quota }

  private func outcome(_ status: Int, _ name: String, headers: [(name: String, value: String)] = []) -> Outcome {
    let body = name.isEmpty ? "<html>" : #"{"statusCode":\#(status),"name":"\#(name)","message":"Because."}"#
    let response = HTTPClient.Response(status: status, headers: headers, body: Array(body.utf8))
    return ResendOutcome.of(response, at: Timestamp(rfc3339: "2026-12-31T23:00:00Z")!)
  }

  private func kind(_ outcome: Outcome) -> Class {
    switch outcome {
    case .accepted: .accepted
    case .permanent: .permanent
    case .unknown: .unknown
    case .halt(let halt): halt.until == nil ? .halt : .quota
    case .retry(let retry):
      switch retry.cause {
      case .rate: .rate
      case .mail: .mail
      case .transport: retry.isUnsent ? .unsentRetry : .maybeRetry
      }
    }
  }

  @Test(arguments: [
    (200, "", Class.accepted), (201, "", .accepted),
    (409, "concurrent_idempotent_requests", .mail), (409, "resource_locked", .mail),
    (409, "invalid_idempotent_request", .unknown),
    (429, "rate_limit_exceeded", .rate), (429, "", .rate),
    (429, "daily_quota_exceeded", .quota), (429, "monthly_quota_exceeded", .quota),
    (401, "missing_api_key", .halt), (401, "restricted_api_key", .halt), (403, "invalid_api_key", .halt),
    (403, "validation_error", .halt), (403, "suspended_api_key", .halt), (403, "", .halt), (302, "", .halt),
    (404, "not_found", .halt), (405, "method_not_allowed", .halt), (422, "invalid_from_address", .halt),
    (422, "validation_error", .permanent), (400, "validation_error", .permanent), (413, "", .permanent),
    (422, "missing_required_field", .permanent), (451, "security_error", .permanent),
    (500, "application_error", .maybeRetry), (502, "", .maybeRetry), (503, "service_unavailable", .maybeRetry),
    (408, "", .maybeRetry),
  ])
  func answers(status: Int, name: String, expected: Class) { #expect(kind(outcome(status, name)) == expected) }

  @Test(arguments: [
    (HTTPClientError.connect("refused"), Class.unsentRetry), (.tls("unknown issuer"), .unsentRetry),
    (.timeout, .maybeRetry), (.interrupted("reset"), .maybeRetry), (.tooLarge, .maybeRetry), (.busy, .mail),
    (.invalidURL("x"), .halt),
  ])
  func noAnswers(error: HTTPClientError, expected: Class) { #expect(kind(ResendOutcome.of(error)) == expected) }

  @Test("The id of an accepted mail is kept; an answer that cannot be read is an acceptance all the same")
  func ids() {
    let answer = HTTPClient.Response(status: 200, headers: [], body: Array(#"{"id":"49a3999c"}"#.utf8))
    #expect(ResendOutcome.of(answer, at: .now) == .accepted(id: "49a3999c"))
    #expect(outcome(200, "") == .accepted(id: nil))
  }

  @Test("A quota is new at the end of the day or month in UTC, or when the answer says")
  func quotas() {
    let day = Timestamp(rfc3339: "2027-01-01T00:00:00Z")!
    guard case .halt(let daily) = outcome(429, "daily_quota_exceeded"),
      case .halt(let monthly) = outcome(429, "monthly_quota_exceeded"),
      case .halt(let told) = outcome(429, "daily_quota_exceeded", headers: [("retry-after", "7200")])
    else {
      Issue.record("a quota halts")
      return
    }
    #expect(daily.until == day)
    #expect(monthly.until == day)
    #expect(told.until == Timestamp(rfc3339: "2027-01-01T01:00:00Z")!)
  }

  @Test("The reason names status and error, and is bounded")
  func reasons() {
    #expect(outcome(422, "validation_error") == .permanent(reason: "422 validation_error: Because."))
    let long = HTTPClient.Response(
      status: 422, headers: [], body: Array(#"{"name":"\#(String(repeating: "x", count: 5000))"}"#.utf8))
    guard case .permanent(let reason) = ResendOutcome.of(long, at: .now) else { return }
    #expect(reason.count == 300)
  }

  @Test(
    "The pace is read from the headers, also in the draft's longer form",
    arguments: [
      ("5", "3", "1", Pace(limit: 5, remaining: 3, resetSeconds: 1)),
      ("10, 10;w=1", "0", "0", Pace(limit: 10, remaining: 0, resetSeconds: 1)),
      ("0", "0", "1", nil), ("", "0", "1", nil), ("many", "0", "1", nil), ("99999999999999999999", "1", "1", nil),
    ])
  func pace(limit: String, remaining: String, reset: String, expected: Pace?) {
    let headers = [("ratelimit-limit", limit), ("ratelimit-remaining", remaining), ("ratelimit-reset", reset)]
    #expect(ResendPace.of(headers.map { (name: $0.0, value: $0.1) }) == expected)
  }

  @Test(arguments: [("2", 2.0), ("0", 1), ("99999999", 2_678_400), ("soon", nil), ("Sat, 21 Nov 2026", nil)])
  func retryAfter(value: String, expected: Double?) {
    #expect(ResendPace.retrySeconds([("retry-after", value)]) == expected)
    #expect(ResendPace.retrySeconds([]) == nil)
  }
}
