import HTTP

/// One request to a site as nginx has logged it (nginx/snippets/logs.conf, format `sites`).
struct AccessLine {
  let day: CivilDay
  /// In lower case, without port.
  let host: String
  let method: String
  /// As it was asked for, without the query.
  let path: String
  let query: String
  let status: Int64
  let address: String
  let referrer: String
  let agent: String
  /// What the browser said of itself fetching ahead (`Sec-Purpose` and its forerunners).
  let purpose: String

  /// Nil when the line is not what nginx writes.
  init?(_ line: [UInt8]) {
    // nginx passes on bytes that are no UTF-8 as they came; one odd letter must not hide the request.
    guard let json = try? JSONParser.parse(Self.repaired(line), maximumDepth: 2),
      let time = json["time"]?.stringValue, let instant = Instant(rfc3339: time),
      let host = json["host"]?.stringValue, let method = json["method"]?.stringValue,
      let uri = json["uri"]?.stringValue, let status = json["status"]?.integerValue,
      let address = json["address"]?.stringValue, !address.isEmpty
    else { return nil }
    day = CivilDay(instant)
    self.host = host
    self.method = method
    let parts = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = String(parts[0])
    query = parts.count == 2 ? String(parts[1]) : ""
    self.status = status
    self.address = address
    referrer = json["referer"]?.stringValue ?? ""
    agent = json["agent"]?.stringValue ?? ""
    purpose = json["purpose"]?.stringValue ?? ""
  }

  /// Whether a QR code has led here.
  var isScan: Bool {
    query.split(separator: "&").contains("via=qr")
  }

  private static func repaired(_ line: [UInt8]) -> [UInt8] {
    if line.allSatisfy({ $0 < 0x80 }) { return line }
    return Array(String(decoding: line, as: UTF8.self).utf8)
  }
}
