import Glibc

/// A moment in UTC, in microseconds since 1970-01-01T00:00:00Z.
package struct Instant: Hashable, Comparable, Sendable {
  package var microseconds: Int64

  package init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  package init(seconds: Int64) {
    microseconds = seconds * 1_000_000
  }

  /// Reads nginx's `$msec`: seconds with three decimals, as in `1763726400.123`.
  package init?(nginxMilliseconds text: String?) {
    guard let text, let dot = text.utf8.firstIndex(of: UInt8(ascii: ".")),
      let seconds = Int64(text[..<dot]),
      let milliseconds = Int64(text[text.utf8.index(after: dot)...]), (0...999).contains(milliseconds)
    else { return nil }
    microseconds = seconds * 1_000_000 + milliseconds * 1000
  }

  /// The system's clock.
  package static var now: Instant {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
  }

  package var seconds: Int64 { microseconds / 1_000_000 }
  package var milliseconds: Int64 { microseconds / 1000 }

  package static func < (left: Instant, right: Instant) -> Bool {
    left.microseconds < right.microseconds
  }

  package func adding(seconds: Int64) -> Instant {
    Instant(microseconds: microseconds + seconds * 1_000_000)
  }

  /// Milliseconds from `earlier` to this moment.
  package func milliseconds(since earlier: Instant) -> Int64 {
    (microseconds - earlier.microseconds) / 1000
  }
}
