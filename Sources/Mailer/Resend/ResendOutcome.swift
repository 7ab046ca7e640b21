import Database
import HTTP
import HTTPClient

/// What Resend's answers mean (https://resend.com/docs/api-reference/errors).
enum ResendOutcome {
  static func of(_ response: HTTPClient.Response, at now: Timestamp) -> Outcome {
    let body = try? JSONParser.parse(response.body)
    if (200..<300).contains(response.status) { return .accepted(id: body?["id"]?.stringValue) }
    let name = body?["name"]?.stringValue ?? ""
    let reason = text(response.status, name, body?["message"]?.stringValue)
    switch (response.status, name) {
    case (409, "invalid_idempotent_request"): return .unknown(reason: reason)
    // A request with the same key is on its way: it may be ours, from before a broken connection.
    case (409, _): return .retry(.init(cause: .mail, reason: reason, isUnsent: false))
    case (_, "daily_quota_exceeded"):
      return .halt(.init(reason: reason, until: quotaEnd(response, .day, now)))
    case (_, "monthly_quota_exceeded"):
      return .halt(.init(reason: reason, until: quotaEnd(response, .month, now)))
    case (429, _):
      let pause = ResendPace.retrySeconds(response.headers)
      return .retry(.init(cause: .rate(seconds: pause), reason: reason, isUnsent: true))
    // The sender is the operator's setting: wrong for one mail is wrong for all.
    case (_, "invalid_from_address"): return .halt(.init(reason: reason, until: nil))
    // Key or domain wrong; a redirect, no such path or method: not Resend at all.
    case (300..<400, _), (401, _), (403, _), (404, _), (405, _), (407, _):
      return .halt(.init(reason: reason, until: nil))
    case (408, _), (425, _), (500..., _): return .retry(.init(cause: .transport, reason: reason, isUnsent: false))
    default: return .permanent(reason: reason)
    }
  }

  /// No answer: what was surely not sent may be sent at any time, the rest under the same key for a day.
  static func of(_ error: HTTPClientError) -> Outcome {
    switch error {
    case .invalidURL, .invalidRequest:
      .halt(.init(reason: "address or key of Resend is not valid: \(error)", until: nil))
    case .busy: .retry(.init(cause: .mail, reason: "all connections are in use", isUnsent: true))
    default: .retry(.init(cause: .transport, reason: "no answer: \(error)", isUnsent: error.isUnsent))
    }
  }

  private enum Period { case day, month }

  /// When a quota is new: as the answer says, or by the calendar in UTC.
  private static func quotaEnd(_ response: HTTPClient.Response, _ period: Period, _ now: Timestamp) -> Timestamp {
    if let seconds = ResendPace.retrySeconds(response.headers), seconds > 60 { return now.adding(seconds: seconds) }
    let date = CivilTime(seconds: now.microseconds / 1_000_000)
    let end: Int64
    switch period {
    case .day: end = CivilTime.seconds(year: date.year, month: date.month, day: date.day) + 86_400
    case .month:
      end = CivilTime.seconds(
        year: date.month == 12 ? date.year + 1 : date.year, month: date.month == 12 ? 1 : date.month + 1, day: 1)
    }
    return Timestamp(microseconds: end * 1_000_000)
  }

  private static func text(_ status: Int, _ name: String, _ message: String?) -> String {
    let detail = [name, message ?? ""].filter { !$0.isEmpty }.joined(separator: ": ")
    return String("\(status) \(detail)".prefix(300))
  }
}
