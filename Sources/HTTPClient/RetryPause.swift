import CCurl
import Glibc

/// The pause before a request is repeated.
package enum RetryPause {
  /// Doubles with each attempt, with jitter, so that those who failed together do not come back together; never
  /// shorter than what the server asked for.
  ///
  /// - Parameters:
  ///   - attempt: how many attempts have failed, at least 1.
  ///   - baseMilliseconds: the longest pause after the first.
  ///   - limitMilliseconds: the longest pause at all.
  ///   - retryAfterSeconds: what the answer's `retry-after` said.
  /// - Returns: milliseconds; nil when the server asked for a longer pause than the limit.
  package static func milliseconds(
    afterAttempt attempt: Int, baseMilliseconds: Int = 150, limitMilliseconds: Int = 5000,
    retryAfterSeconds: Int? = nil
  ) -> Int? {
    let longest = min(Double(baseMilliseconds) * pow(2, Double(attempt - 1)), Double(limitMilliseconds))
    let pause = Int(longest * Double.random(in: 0.5...1))
    guard let retryAfterSeconds else { return pause }
    guard retryAfterSeconds <= limitMilliseconds / 1000 else { return nil }
    return max(pause, retryAfterSeconds * 1000)
  }

  /// Blocks the thread.
  package static func wait(milliseconds: Int) {
    var left = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    var rest = timespec()
    while unsafe nanosleep(&left, &rest) == -1 && errno == EINTR { left = rest }
  }
}

extension HTTPClient.Response {
  /// Seconds from now on that `retry-after` asks to wait (RFC 9110, 10.2.3), given as a number or a date; nil: none.
  package var retryAfterSeconds: Int? {
    guard let text = header("retry-after"), !text.isEmpty else { return nil }
    if text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) { return Int(text) ?? .max }
    let date = unsafe curl_getdate(text, nil)
    return date == -1 ? nil : max(0, date - time(nil))
  }
}
