import Glibc

/// A moment of the monotonic clock, which no change of the system's time moves.
struct Deadline: Sendable {
  private let milliseconds: Int

  init(afterMilliseconds milliseconds: Int) {
    self.milliseconds = Self.now + milliseconds
  }

  /// From now on; not positive when it has passed.
  var remainingMilliseconds: Int { milliseconds - Self.now }

  private static var now: Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
