import Glibc

/// A clock that nobody can set, for time-outs.
enum MonotonicClock {
  /// Seconds since some moment; cheap, exact to a few milliseconds.
  static var seconds: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
    return Int64(time.tv_sec)
  }
}
