import Glibc

/// A moment of the monotonic clock, which no change of the system's time moves.
struct Deadline: Comparable, Sendable {
  private let milliseconds: Int

  static var now: Deadline {
    var time = Glibc.timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Deadline(milliseconds: time.tv_sec * 1000 + time.tv_nsec / 1_000_000)
  }

  static func after(milliseconds: Int) -> Deadline {
    Deadline(milliseconds: now.milliseconds + milliseconds)
  }

  func adding(milliseconds: Int) -> Deadline {
    Deadline(milliseconds: self.milliseconds + milliseconds)
  }

  /// From now on; not positive when it has passed.
  var remainingMilliseconds: Int { milliseconds - Deadline.now.milliseconds }

  var timespec: Glibc.timespec {
    Glibc.timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
  }

  static func < (left: Deadline, right: Deadline) -> Bool {
    left.milliseconds < right.milliseconds
  }
}
