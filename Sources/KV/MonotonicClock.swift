import Glibc

/// Time that never jumps, for time-outs, the breaker and the cache's ages.
enum MonotonicClock {
  /// Milliseconds since some fixed moment. The coarse clock is at most 4 ms behind and costs a few nanoseconds.
  static var nowMs: Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
