import HTTP

/// Dates as people write them. In UTC, and saying so: nobody has told us where the reader is.
enum MailDates {
  /// `21 November 2026, 14:05 (UTC)`, `21. November 2026, 14:05 Uhr (UTC)`
  static func text(_ moment: Instant, _ language: Language) -> String {
    let time = CivilTime(seconds: moment.seconds)
    let clock = "\(padded(time.hour)):\(padded(time.minute))"
    return switch language {
    case .english: "\(time.date(language)), \(clock) (UTC)"
    case .german: "\(time.date(language)), \(clock) Uhr (UTC)"
    }
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
