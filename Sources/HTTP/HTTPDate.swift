extension Instant {
  /// Reads an HTTP date in any of the three forms that recipients must take (RFC 9110, section 5.6.7); nil for anything
  /// else. A year of two digits is one of the century from 1970 on.
  ///
  /// The day's name is not compared with the date: what is wrong there changes no moment.
  package init?(httpDate text: String) {
    guard text.utf8.count <= 40 else { return nil }
    let words = text.split { " ,-:".contains($0) }
    let fields: (day: Substring, month: Substring, year: Substring, time: ArraySlice<Substring>)
    switch (words.count, text.utf8.contains(UInt8(ascii: ","))) {
    // Sun, 06 Nov 1994 08:49:37 GMT, and Sunday, 06-Nov-94 08:49:37 GMT
    case (8, true) where words[7] == "GMT": fields = (words[1], words[2], words[3], words[4...6])
    // Sun Nov  6 08:49:37 1994
    case (7, false): fields = (words[2], words[1], words[6], words[3...5])
    default: return nil
    }
    let time = fields.time.compactMap { Self.number($0, 2...2) }
    guard let day = Self.number(fields.day, 1...2), let month = Self.monthNames.firstIndex(of: fields.month),
      let written = Self.number(fields.year, 2...4), fields.year.utf8.count != 3, time.count == 3,
      time[0] < 24, time[1] < 60, time[2] <= 60
    else { return nil }
    let year = fields.year.utf8.count == 4 ? written : written < 70 ? written + 2000 : written + 1900
    guard year >= 1, day >= 1, day <= CivilTime.days(inMonth: month + 1, year: year) else { return nil }
    let midnight = CivilTime.seconds(year: year, month: month + 1, day: day)
    self.init(seconds: midnight + Int64(time[0] * 3600 + time[1] * 60 + time[2]))
  }

  private static let monthNames: [Substring] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func number(_ digits: Substring, _ lengths: ClosedRange<Int>) -> Int? {
    guard lengths.contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(digits)
  }
}
