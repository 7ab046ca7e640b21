internal import Glibc

/// A moment of the monotonic clock, which no change of the system's time moves.
package struct Deadline: Comparable, Sendable {
  private let nanoseconds: Int64

  private init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  package static var now: Deadline {
    var time = Glibc.timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Deadline(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  package static let never = Deadline(nanoseconds: .max)

  package static func after(milliseconds: Int) -> Deadline {
    now.adding(milliseconds: milliseconds)
  }

  package func adding(milliseconds: Int) -> Deadline {
    Deadline(nanoseconds: nanoseconds + Int64(milliseconds) * 1_000_000)
  }

  /// Whole milliseconds from now on, rounded up, at least 0.
  package var remainingMilliseconds: Int {
    let left = nanoseconds - Deadline.now.nanoseconds
    return left <= 0 ? 0 : Int((left - 1) / 1_000_000) + 1
  }

  var timespec: Glibc.timespec {
    Glibc.timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
  }

  package static func < (left: Deadline, right: Deadline) -> Bool {
    left.nanoseconds < right.nanoseconds
  }
}
