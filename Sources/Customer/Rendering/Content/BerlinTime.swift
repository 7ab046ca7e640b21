package import HTTP

/// A moment on the clocks of Germany: CET, and CEST from the last Sunday of March to that of October, each at 01:00 UTC
/// (directive 2000/84/EC).
package struct BerlinTime: Sendable {
  /// Days since 1970-01-01.
  package let day: Int
  /// Its fields read as on the clock.
  package let civil: CivilTime

  package init(_ moment: Instant) {
    let seconds = Self.floor(moment.microseconds, 1_000_000)
    let local = seconds + Self.offset(at: seconds)
    day = Int(Self.floor(local, 86_400))
    civil = CivilTime(seconds: local)
  }

  /// The first midnight that lies after the moment.
  package static func nextMidnight(after moment: Instant) -> Instant {
    let midnight = Int64(BerlinTime(moment).day + 1) * 86_400
    // No change of the clock is within two hours of midnight, so that the offset then is found by either guess.
    return Instant(seconds: midnight - offset(at: midnight - 3600))
  }

  private static func offset(at seconds: Int64) -> Int64 {
    let year = CivilTime(seconds: seconds).year
    let isSummer = seconds >= lastSunday(ofMonth: 3, year) + 3600 && seconds < lastSunday(ofMonth: 10, year) + 3600
    return isSummer ? 7200 : 3600
  }

  /// Its midnight; both months have 31 days.
  private static func lastSunday(ofMonth month: Int, _ year: Int) -> Int64 {
    let last = CivilTime.seconds(year: year, month: month, day: 31)
    return last - Int64(CivilTime(seconds: last).weekday) * 86_400
  }

  private static func floor(_ value: Int64, _ unit: Int64) -> Int64 {
    value >= 0 ? value / unit : (value - unit + 1) / unit
  }
}
