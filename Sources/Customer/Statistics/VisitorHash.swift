import Crypto
import Database
import FoundationEssentials
import HTTP
import Services

/// Tells the visitors of one day apart without keeping who they are.
struct VisitorHash {
  /// By day; no salt where the day is over.
  private let salts: [CivilDay: [UInt8]]

  init(salts: [CivilDay: [UInt8]]) {
    self.salts = salts
  }

  /// The hash in hexadecimal digits; nil when the day's salt has been thrown away.
  func text(_ line: AccessLine, site: SiteID) -> String? {
    guard let salt = salts[line.day] else { return nil }
    var hash = SHA256()
    hash.update(data: salt)
    hash.update(data: Array("\(site.text)\n\(line.address)\n\(line.agent)".utf8))
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in hash.finalize().prefix(16) { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}

extension CustomerModule {
  /// How long after a day's end its lines may still come in.
  private static let lateSeconds: Int64 = 3600

  /// The salts of some days; a day that is not over yet gets one when it has none.
  func visitorSalts(_ days: Set<CivilDay>, at now: Instant) throws -> [CivilDay: [UInt8]] {
    var salts: [CivilDay: [UInt8]] = [:]
    let oldest = CivilDay(now).adding(days: -2)
    for day in days.sorted() where day >= oldest && day <= CivilDay(now).adding(days: 1) {
      var random = SystemRandomNumberGenerator()
      let fresh = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      _ = try database.execute(
        "INSERT INTO customer.visitor_days (day, salt) VALUES (\(day.text)::date, \(fresh)) ON CONFLICT DO NOTHING")
      let rows = try database.query("SELECT salt FROM customer.visitor_days WHERE day = \(day.text)::date")
      salts[day] = try rows.first?.optionalBytes("salt")
    }
    return salts
  }

  /// Throws away what could tell the visitors of past days apart. Called when what was ready has been read.
  func closeVisitorDays(at now: Instant) throws {
    let open = CivilDay(now.adding(seconds: -Self.lateSeconds))
    try database.transaction { transaction in
      try transaction.execute(
        "UPDATE customer.visitor_days SET salt = NULL WHERE day < \(open.text)::date AND salt IS NOT NULL")
      try transaction.execute("DELETE FROM customer.visitors WHERE day < \(open.text)::date")
      try transaction.execute(
        "DELETE FROM customer.visitor_days WHERE day < \(open.adding(days: -10).text)::date")
    }
  }
}
