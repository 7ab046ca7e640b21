/// When a domain is looked at next, in seconds.
enum DomainPauses {
  /// After it was made: most people set the records right away.
  static let first: Int64 = 15
  /// How long a new domain is looked at.
  static let pendingDays = 7
  private static let longestPending: Int64 = 3600
  private static let day: Int64 = 86_400
  /// After something was not as it should be.
  static let again: Int64 = 3600

  /// 15 s, 30 s, 1 min … up to an hour.
  ///
  /// - Parameter attempts: how many looks there were.
  static func pending(after attempts: Int) -> Int64 {
    min(longestPending, first << Int64(min(max(0, attempts), 10)))
  }

  /// About a day, so that not all are looked at together.
  static func watch() -> Int64 { day - Int64.random(in: 0...7200) }
}
