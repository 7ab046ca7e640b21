import Database
import HTTP
import Services

/// Statistics as the API shows them.
struct StatisticsDocument {
  let range: DayRange
  /// The first day that the plan keeps.
  let oldest: CivilDay
  /// `day` and the columns of ``sums``.
  let days: Rows
  /// `kind`, `name`, `count`, `title` and `path`.
  let items: Rows
  let hasCountries: Bool

  /// The columns of `customer.site_days` that are summed up.
  private static let sums = ["views", "visitors", "clicks", "scans"]

  var json: JSON {
    get throws {
      .object([
        .init("from", .string(range.from.text)), .init("to", .string(range.to.text)),
        .init("kept_from", .string(oldest.text)), .init("totals", try totals),
        .init("days", .array(try days.map(dayDocument))),
        .init("pages", .array(try items(.page).map(page))), .init("links", .array(try items(.link).map(link))),
        .init("referrers", .array(try items(.referrer).map(named))),
        .init("countries", hasCountries ? .array(try items(.country).map(named)) : .null),
        .init("devices", .array(try items(.device).map(named))), .init("left_out", try leftOut),
      ])
    }
  }

  private var totals: JSON {
    get throws {
      .object(
        try Self.sums.map { name in
          JSON.Member(name, .integer(try days.reduce(Int64(0)) { try $0 + Self.count($1, name) }))
        })
    }
  }

  private func dayDocument(_ row: Row) throws -> JSON {
    .object(
      [JSON.Member("day", .string(try row.string("day")))]
        + (try Self.sums.map { JSON.Member($0, .integer(try Self.count(row, $0))) }))
  }

  private func items(_ kind: Tally.Kind) throws -> [Row] {
    try items.filter { try $0.string("kind") == kind.rawValue }
  }

  private func page(_ row: Row) throws -> JSON {
    [
      "id": .string(try row.string("name")), "title": JSON(try row.optionalString("title")),
      "path": JSON(try row.optionalString("path")), "views": .integer(try Self.count(row, "count")),
    ]
  }

  private func link(_ row: Row) throws -> JSON {
    [
      "id": .string(try row.string("name")), "title": JSON(try row.optionalString("title")),
      "clicks": .integer(try Self.count(row, "count")),
    ]
  }

  private func named(_ row: Row) throws -> JSON {
    ["name": .string(try row.string("name")), "count": .integer(try Self.count(row, "count"))]
  }

  private var leftOut: JSON {
    get throws {
      let counts = Dictionary(
        try items(.leftOut).map { (try $0.string("name"), try Self.count($0, "count")) },
        uniquingKeysWith: { first, _ in first })
      return .object(LeftOut.allCases.map { JSON.Member($0.rawValue, .integer(counts[$0.rawValue] ?? 0)) })
    }
  }

  private static func count(_ row: Row, _ column: String) throws -> Int64 {
    Int64(try row.int(.name(column)))
  }
}
