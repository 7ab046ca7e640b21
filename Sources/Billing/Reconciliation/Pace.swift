import Database
import Glibc

/// Keeps reconciliation's requests apart, so that those which people wait for always find room in Stripe's limits.
final class Pace {
  private let gapMilliseconds: Int
  private var next = Deadline.now

  /// - Parameter perSecond: the most requests; Stripe takes a hundred from all of us.
  init(perSecond: Int = 20) {
    gapMilliseconds = 1000 / perSecond
  }

  /// Waits until there is room for so many requests, and takes it.
  func wait(requests: Int = 1) {
    let left = next.remainingMilliseconds
    if left > 0 { usleep(UInt32(left) * 1000) }
    next = max(next, .now).adding(milliseconds: gapMilliseconds * requests)
  }

  /// Runs requests with room for them, again when Stripe says that there were too many.
  func run<Result>(requests: Int = 1, _ body: () throws -> Result) throws -> Result {
    var pauseMilliseconds = 1000
    for _ in 0..<4 {
      wait(requests: requests)
      do {
        return try body()
      } catch let failure as StripeError where failure.isRateLimited {
        next = .after(milliseconds: pauseMilliseconds)
        pauseMilliseconds *= 2
      }
    }
    wait(requests: requests)
    return try body()
  }
}
