package import HTTP

/// The days until something, counted when the page is made: it is made again each midnight.
package struct CountdownBlock: Sendable, Equatable {
  package var heading: String
  package var moment: Instant
  /// What is shown from that moment on.
  package var done: String?

  package init(heading: String, moment: Instant, done: String? = nil) {
    self.heading = heading
    self.moment = moment
    self.done = done
  }

  /// The calendar days from `now` until then, in Germany; 0 on the day itself.
  package func days(from now: Instant) -> Int {
    BerlinTime(moment).day - BerlinTime(now).day
  }

  /// When it must be shown otherwise; nil: never again.
  package func nextChange(after now: Instant) -> Instant? {
    now < moment ? min(moment, BerlinTime.nextMidnight(after: now)) : nil
  }
}

extension CountdownBlock {
  init?(_ reader: inout ObjectReader) {
    heading = reader.string("heading", minimum: 1, maximum: 200)
    done = reader.text("done", maximum: 300)
    if !reader.has("at") { reader.refuse("at", .required) }
    guard let text = reader.optionalString("at", minimum: 1, maximum: 40) else { return nil }
    guard let moment = Instant(rfc3339: text) else {
      reader.refuse("at", .invalidTime)
      return nil
    }
    self.moment = moment
  }

  var members: [(String, JSON?)] {
    [("heading", .string(heading)), ("at", .string(moment.rfc3339)), ("done", .text(done))]
  }
}
