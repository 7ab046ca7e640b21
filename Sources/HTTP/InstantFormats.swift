extension Instant {
  /// The moment as RFC 3339 in UTC with milliseconds: `2026-11-21T12:00:00.000Z`.
  package var rfc3339: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    appendRFC3339(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends ``rfc3339`` to a buffer; each line of the log begins with it.
  package func appendRFC3339(to bytes: inout [UInt8]) {
    let parts = CivilTime(seconds: floorSeconds)
    let milliseconds = Int((microseconds - floorSeconds * 1_000_000) / 1000)
    bytes.append(digits: parts.year, 4, then: "-")
    bytes.append(digits: parts.month, 2, then: "-")
    bytes.append(digits: parts.day, 2, then: "T")
    bytes.append(digits: parts.hour, 2, then: ":")
    bytes.append(digits: parts.minute, 2, then: ":")
    bytes.append(digits: parts.second, 2, then: ".")
    bytes.append(digits: milliseconds, 3, then: "Z")
  }

  /// The moment as an HTTP date (RFC 9110, section 5.6.7): `Sat, 21 Nov 2026 12:00:00 GMT`.
  package var httpDate: String {
    let parts = CivilTime(seconds: floorSeconds)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(29)
    bytes.append(contentsOf: Self.weekdays[parts.weekday].utf8)
    bytes.append(contentsOf: ", ".utf8)
    bytes.append(digits: parts.day, 2, then: " ")
    bytes.append(contentsOf: Self.months[parts.month - 1].utf8)
    bytes.append(UInt8(ascii: " "))
    bytes.append(digits: parts.year, 4, then: " ")
    bytes.append(digits: parts.hour, 2, then: ":")
    bytes.append(digits: parts.minute, 2, then: ":")
    bytes.append(digits: parts.second, 2, then: " ")
    bytes.append(contentsOf: "GMT".utf8)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads RFC 3339 with any offset and up to six decimals; nil when the text is anything else.
  package init?(rfc3339 text: String) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count else { return nil }
      return bytes[range].reduce(Int?(0)) { sum, byte in
        guard let sum, (0x30...0x39).contains(byte) else { return nil }
        return sum * 10 + Int(byte - 0x30)
      }
    }
    guard bytes.count >= 20, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] == 0x54 || bytes[10] == 0x74,
      bytes[13] == 0x3A, bytes[16] == 0x3A,
      let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      year >= 1, (1...12).contains(month), day >= 1, day <= CivilTime.days(inMonth: month, year: year),
      hour < 24, minute < 60, second < 60
    else { return nil }
    var index = 19
    var fraction: Int64 = 0
    if bytes[index] == 0x2E {
      let start = index + 1
      var end = start
      while end < bytes.count, (0x30...0x39).contains(bytes[end]) { end += 1 }
      guard end > start, end - start <= 6, let value = number(start..<end) else { return nil }
      fraction = Int64(value)
      for _ in (end - start)..<6 { fraction *= 10 }
      index = end
    }
    guard index < bytes.count else { return nil }
    var offset: Int64 = 0
    switch bytes[index] {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"):
      guard index + 1 == bytes.count else { return nil }
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      guard index + 6 == bytes.count, bytes[index + 3] == 0x3A,
        let hours = number(index + 1..<index + 3), let minutes = number(index + 4..<index + 6),
        hours < 24, minutes < 60
      else { return nil }
      offset = Int64(hours * 3600 + minutes * 60) * (bytes[index] == UInt8(ascii: "-") ? -1 : 1)
    default: return nil
    }
    let civil = CivilTime.seconds(year: year, month: month, day: day)
    let seconds = civil + Int64(hour * 3600 + minute * 60 + second) - offset
    // An offset may lead out of the years 1 to 9999.
    guard (-62_135_596_800...253_402_300_799).contains(seconds) else { return nil }
    self.init(microseconds: seconds * 1_000_000 + fraction)
  }

  private var floorSeconds: Int64 {
    microseconds >= 0 ? microseconds / 1_000_000 : (microseconds - 999_999) / 1_000_000
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}

extension [UInt8] {
  /// Appends a number of at most four digits, filled up with zeros, and a separator.
  fileprivate mutating func append(digits number: Int, _ width: Int, then separator: Unicode.Scalar) {
    var divisor = width == 2 ? 10 : width == 3 ? 100 : 1000
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      divisor /= 10
    }
    append(UInt8(ascii: separator))
  }
}
