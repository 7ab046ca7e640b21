/// A day of the calendar, in UTC.
package struct CivilDay: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  package let number: Int64

  package init(number: Int64) {
    self.number = number
  }

  /// The day of a moment.
  package init(_ instant: Instant) {
    number = Int64((Double(instant.seconds) / 86_400).rounded(.down))
  }

  /// Reads `2026-11-21`; nil for anything else and for days that do not exist.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 10, let instant = Instant(rfc3339: "\(text)T00:00:00Z") else { return nil }
    self.init(instant)
  }

  /// `2026-11-21`.
  package var text: String {
    String(Instant(seconds: number * 86_400).rfc3339.prefix(10))
  }

  package static func < (left: CivilDay, right: CivilDay) -> Bool {
    left.number < right.number
  }

  package func adding(days: Int64) -> CivilDay {
    CivilDay(number: number + days)
  }
}
