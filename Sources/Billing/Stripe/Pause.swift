import Glibc

/// The pause before a request is repeated.
enum Pause {
  /// Doubles with each attempt, with jitter, and is longer when Stripe says that there were too many.
  static func beforeRepeat(attempt: Int, isRateLimited: Bool) {
    let base = (isRateLimited ? 500_000 : 150_000) << (attempt - 1)
    usleep(UInt32(Double(base) * Double.random(in: 0.5...1)))
  }
}
