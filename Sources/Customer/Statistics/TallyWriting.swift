import Database
import FoundationEssentials
import HTTP
import Services

extension CustomerModule {
  /// How many referrers of a site are told apart on one day; who sends invented ones cannot fill the database.
  static let referrerLimit = 200

  /// Adds the sums of a part of a file, and notes in the same transaction that it is read.
  ///
  /// - Returns: false when another process has read this part; then nothing was added.
  func add(_ tally: Tally, of name: String, from start: Int, to end: Int) throws -> Bool {
    try database.transaction { transaction in
      _ = try transaction.execute("INSERT INTO customer.read_logs (name) VALUES (\(name)) ON CONFLICT DO NOTHING")
      let advanced = try transaction.execute(
        """
        UPDATE customer.read_logs
        SET bytes = \(end), lines = lines + \(tally.lines), broken = broken + \(tally.broken), read_at = now()
        WHERE name = \(name) AND bytes = \(start)
        """)
      guard advanced == 1 else { return false }
      var tally = tally
      try addVisitors(&tally, transaction)
      try addTotals(tally, transaction)
      try addItems(tally, transaction)
      return true
    }
  }

  /// Notes who is new today; what is known of them goes into the sums and nowhere else.
  private func addVisitors(_ tally: inout Tally, _ transaction: Transaction) throws {
    let seen = tally.visitors.map { visitor, traits -> JSON in
      Self.row(
        visitor.place,
        [
          .init("hash", .string(visitor.hash)), .init("device", .string(traits.device.rawValue)),
          .init("country", JSON(traits.country)),
        ])
    }
    let rows = try transaction.query(
      """
      WITH seen AS (
        SELECT day, site, decode(hash, 'hex') AS hash, device, country
        FROM jsonb_to_recordset(\(.json(JSON.array(seen).bytes)))
          AS t (day date, site uuid, hash text, device text, country text)
      ), fresh AS (
        INSERT INTO customer.visitors (day, site_id, hash) SELECT day, site, hash FROM seen ORDER BY day, site, hash
        ON CONFLICT DO NOTHING RETURNING day, site_id, hash
      )
      SELECT s.day::text, s.site, s.device, s.country, count(*) FROM fresh f
      JOIN seen s ON (s.day, s.site, s.hash) = (f.day, f.site_id, f.hash)
      GROUP BY 1, 2, 3, 4
      """)
    for row in rows {
      guard let day = CivilDay(try row.string(0)) else { continue }
      let place = Tally.SiteDay(site: SiteID(try row.uuid(1)), day: day)
      let count = try row.int(4)
      tally.totals[place, default: .init()].visitors += count
      tally.add(.device, try row.string(2), at: place, count: count)
      if let country = try row.optionalString(3) { tally.add(.country, country, at: place, count: count) }
    }
    let owners = tally.owners.map { Self.row($0.place, [.init("hash", .string($0.hash))]) }
    try transaction.execute(
      """
      INSERT INTO customer.visitors (day, site_id, hash, own)
      SELECT day, site, decode(hash, 'hex'), true
      FROM jsonb_to_recordset(\(.json(JSON.array(owners).bytes))) AS t (day date, site uuid, hash text)
      ORDER BY 1, 2, 3
      ON CONFLICT (day, site_id, hash) DO UPDATE SET own = true WHERE NOT customer.visitors.own
      """)
  }

  private func addTotals(_ tally: Tally, _ transaction: Transaction) throws {
    let totals = tally.totals.map { place, totals -> JSON in
      Self.row(
        place,
        [
          .init("views", .integer(Int64(totals.views))), .init("visitors", .integer(Int64(totals.visitors))),
          .init("clicks", .integer(Int64(totals.clicks))), .init("scans", .integer(Int64(totals.scans))),
        ])
    }
    // In one order, so that two processes wait for each other rather than block each other. A site that is gone by
    // now takes its sums along.
    try transaction.execute(
      """
      INSERT INTO customer.site_days AS d (site_id, day, views, visitors, clicks, scans)
      SELECT t.site, t.day, t.views, t.visitors, t.clicks, t.scans
      FROM jsonb_to_recordset(\(.json(JSON.array(totals).bytes)))
        AS t (day date, site uuid, views bigint, visitors bigint, clicks bigint, scans bigint)
      JOIN customer.sites s ON s.id = t.site
      ORDER BY t.site, t.day
      ON CONFLICT (site_id, day) DO UPDATE SET
        views = d.views + excluded.views, visitors = d.visitors + excluded.visitors,
        clicks = d.clicks + excluded.clicks, scans = d.scans + excluded.scans
      """)
  }

  private func addItems(_ tally: Tally, _ transaction: Transaction) throws {
    let items = tally.items.map { item, count in
      Self.row(
        item.place,
        [
          .init("kind", .string(item.kind.rawValue)), .init("name", .string(item.name)),
          .init("count", .integer(Int64(count))),
        ])
    }
    try transaction.execute(
      """
      INSERT INTO customer.site_counts AS c (site_id, day, kind, name, count)
      SELECT t.site, t.day, t.kind, t.name, sum(t.count)
      FROM (
        SELECT t.site, t.day, t.kind, t.count,
          CASE WHEN t.kind = 'referrer' AND known.name IS NULL
            AND (SELECT count(*) FROM customer.site_counts
                 WHERE site_id = t.site AND day = t.day AND kind = 'referrer')
              + row_number() OVER (PARTITION BY t.site, t.day, t.kind ORDER BY t.count DESC, t.name)
              > \(Self.referrerLimit)
          THEN '' ELSE t.name END AS name
        FROM jsonb_to_recordset(\(.json(JSON.array(items).bytes)))
          AS t (day date, site uuid, kind text, name text, count bigint)
        JOIN customer.sites s ON s.id = t.site
        LEFT JOIN customer.site_counts known
          ON (known.site_id, known.day, known.kind, known.name) = (t.site, t.day, t.kind, t.name)
      ) t
      GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
      ON CONFLICT (site_id, day, kind, name) DO UPDATE SET count = c.count + excluded.count
      """)
  }

  private static func row(_ place: Tally.SiteDay, _ members: [JSON.Member]) -> JSON {
    .object([.init("site", .string(place.site.text)), .init("day", .string(place.day.text))] + members)
  }
}
