package import HTTP

/// Some days in a row, the last one among them.
package struct DayRange: Sendable, Equatable {
  package let from: CivilDay
  package let to: CivilDay

  /// The most days that are answered at once: two years.
  package static let limit: Int64 = 731

  /// - Throws: ``Problem`` of 422 when the days are in the wrong order or too many.
  package init(from: CivilDay, to: CivilDay) throws {
    guard from <= to, to.number - from.number < Self.limit else { throw Problem(.invalidRange) }
    self.from = from
    self.to = to
  }
}
