import HTTP

/// When there is somebody, by days of the week. A day that is not named is closed.
package struct HoursBlock: Sendable, Equatable {
  package var heading: String?
  /// In the order in which they were written.
  package var spans: [Span]
  package var note: String?

  /// Days of the week by their names in the API, Monday first.
  package enum Day: String, Sendable, CaseIterable {
    case monday = "mon"
    case tuesday = "tue"
    case wednesday = "wed"
    case thursday = "thu"
    case friday = "fri"
    case saturday = "sat"
    case sunday = "sun"
  }

  /// A time of the day.
  package struct Time: Sendable, Equatable, Comparable {
    /// Since midnight; 1,440 is midnight at the day's end.
    package let minutes: Int

    /// Reads `09:00`, up to `24:00`; nil for anything else.
    package init?(_ text: String) {
      let bytes = Array(text.utf8)
      guard bytes.count == 5, bytes[2] == UInt8(ascii: ":") else { return nil }
      let digits = [bytes[0], bytes[1], bytes[3], bytes[4]].map { Int($0) - 0x30 }
      guard digits.allSatisfy({ (0...9).contains($0) }), digits[2] < 6 else { return nil }
      minutes = (digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3]
      guard minutes <= 1440 else { return nil }
    }

    package var text: String {
      let parts = [minutes / 60, minutes % 60]
      return parts.map { $0 < 10 ? "0\($0)" : String($0) }.joined(separator: ":")
    }

    package static func < (left: Time, right: Time) -> Bool {
      left.minutes < right.minutes
    }
  }

  /// Open from one time until another; until the next day when the latter is the earlier one.
  package struct Span: Sendable, Equatable {
    package var day: Day
    package var open: Time
    package var close: Time

    package init(day: Day, open: Time, close: Time) {
      self.day = day
      self.open = open
      self.close = close
    }

    /// The last minute of the day itself that belongs to it.
    fileprivate var end: Int { close > open ? close.minutes : 1440 }
  }

  package init(heading: String? = nil, spans: [Span], note: String? = nil) {
    self.heading = heading
    self.spans = spans
    self.note = note
  }

  /// What a day's visitors may rely on, in the order of the day.
  package func spans(on day: Day) -> [Span] {
    spans.filter { $0.day == day }.sorted { $0.open < $1.open }
  }
}

extension HoursBlock {
  /// Four times on each day.
  private static let maximum = 28

  init(_ reader: inout ObjectReader) throws {
    heading = reader.text("heading", maximum: 200)
    spans = try reader.items("days", maximum: Self.maximum) { Span(&$0) }
    note = reader.text("note", maximum: 300)
    for (index, span) in spans.enumerated() {
      let isDouble = spans[..<index].contains { other in
        other.day == span.day && other.open.minutes < span.end && span.open.minutes < other.end
      }
      if isDouble { reader.refuse("days", .invalid) }
    }
  }

  var members: [(String, JSON?)] {
    [
      ("heading", .text(heading)),
      (
        "days",
        .array(
          spans.map {
            ["day": .string($0.day.rawValue), "open": .string($0.open.text), "close": .string($0.close.text)]
          })
      ), ("note", .text(note)),
    ]
  }
}

extension HoursBlock.Span {
  fileprivate init?(_ reader: inout ObjectReader) {
    let day = reader.optionalCase("day", HoursBlock.Day.self)
    if day == nil, !reader.has("day") { reader.refuse("day", .required) }
    let open = Self.time("open", &reader)
    let close = Self.time("close", &reader)
    guard let day, let open, let close else { return nil }
    // Nobody opens at the end of a day, or closes when it begins.
    if open.minutes == 1440 { reader.refuse("open", .invalid) }
    if open == close { reader.refuse("close", .invalid) }
    self.init(day: day, open: open, close: close)
  }

  private static func time(_ name: String, _ reader: inout ObjectReader) -> HoursBlock.Time? {
    guard reader.has(name) else {
      reader.refuse(name, .required)
      return nil
    }
    guard let text = reader.optionalString(name, maximum: 20) else { return nil }
    if let time = HoursBlock.Time(text) { return time }
    reader.refuse(name, text.isEmpty ? .required : .invalid)
    return nil
  }
}
