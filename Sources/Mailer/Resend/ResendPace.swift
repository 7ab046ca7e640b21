/// Resend's rate limit as its headers tell it (https://resend.com/docs/api-reference/rate-limit).
enum ResendPace {
  static func of(_ headers: [(name: String, value: String)]) -> Pace? {
    guard let limit = number("ratelimit-limit", headers), limit > 0,
      let remaining = number("ratelimit-remaining", headers), let reset = number("ratelimit-reset", headers)
    else { return nil }
    return Pace(limit: min(limit, 1_000_000), remaining: remaining, resetSeconds: min(max(reset, 1), 3600))
  }

  /// `retry-after` in seconds; nil when it is missing or a date.
  static func retrySeconds(_ headers: [(name: String, value: String)]) -> Double? {
    number("retry-after", headers).map { Double(min(max($0, 1), 31 * 86_400)) }
  }

  /// The number that a field begins with: the draft of these fields also knows `10, 10;w=1`.
  private static func number(_ name: String, _ headers: [(name: String, value: String)]) -> Int? {
    guard let value = headers.first(where: { $0.name == name })?.value else { return nil }
    let digits = value.prefix { $0.isASCII && $0.isNumber }
    return digits.utf8.count <= 9 ? Int(digits) : nil
  }
}
