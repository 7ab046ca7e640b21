import HTTP

/// Dates as people write them. In UTC, and saying so: nobody has told us where the reader is.
enum MailDates {
  /// `21 November 2026, 14:05 (UTC)`, `21. November 2026, 14:05 Uhr (UTC)`
  static func text(_ moment: Instant, _ language: Language) -> String {
    let time = CivilTime(seconds: moment.seconds)
    let clock = "\(padded(time.hour)):\(padded(time.minute))"
    switch language {
    case .english: return "\(time.day) \(english[time.month - 1]) \(time.year), \(clock) (UTC)"
    case .german: return "\(time.day). \(german[time.month - 1]) \(time.year), \(clock) Uhr (UTC)"
    }
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static let english = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  private static let german = [
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
  ]
}
