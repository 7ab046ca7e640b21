import Database
import HTTP
package import Services

extension CustomerModule {
  package func statistics(of site: SiteID, _ range: DayRange, _ caller: Caller) throws -> [UInt8] {
    try database.transaction(readOnly: true) { transaction in
      let kept = try keptRange(range, of: site, caller, transaction)
      return try StatisticsDocument(
        range: range, oldest: kept.oldest, days: daySums(of: site, kept, transaction),
        items: items(of: site, kept, transaction), hasCountries: settings.statistics?.countries != nil
      ).json.bytes
    }
  }

  /// The longest lists that a person would look at.
  private static let listLimit = 500

  /// The part of a range that the plan keeps.
  ///
  /// - Throws: ``Problem`` of 404 when the site is not the caller's.
  func keptRange(
    _ range: DayRange, of site: SiteID, _ caller: Caller, _ transaction: Transaction
  ) throws -> KeptRange {
    let rows = try transaction.query(
      "SELECT 1 FROM customer.sites WHERE id = \(site.uuid) AND customer_id = \(caller.customer.uuid)")
    guard !rows.isEmpty else { throw Problem(.notFound) }
    let days = try billing.entitlements(of: caller.customer, in: transaction).limits.statisticsDays
    let today = CivilDay(.now)
    let oldest = today.adding(days: 1 - Int64(days))
    return KeptRange(oldest: oldest, from: max(range.from, oldest), to: min(range.to, today))
  }

  /// One row a day, also where nothing happened.
  private func daySums(of site: SiteID, _ range: KeptRange, _ transaction: Transaction) throws -> Rows {
    try transaction.query(
      """
      SELECT g.day::date::text AS day, coalesce(d.views, 0) AS views, coalesce(d.visitors, 0) AS visitors,
        coalesce(d.clicks, 0) AS clicks, coalesce(d.scans, 0) AS scans
      FROM generate_series(\(range.from.text)::date::timestamp, \(range.to.text)::date::timestamp, '1 day') AS g (day)
      LEFT JOIN customer.site_days d ON d.site_id = \(site.uuid) AND d.day = g.day::date
      ORDER BY g.day
      """)
  }

  /// The parts, the largest first. Titles and paths are as they are now; of what is deleted only the sum is left.
  private func items(of site: SiteID, _ range: KeptRange, _ transaction: Transaction) throws -> Rows {
    try transaction.query(
      """
      SELECT c.kind, c.name, c.count, coalesce(p.title, l.title, s.title) AS title,
        '/' || coalesce(nullif(p.language, '') || '/', '') || CASE p.slug WHEN '' THEN '' ELSE p.slug || '/' END AS path
      FROM (
        SELECT kind, name, sum(count)::bigint AS count,
          row_number() OVER (PARTITION BY kind ORDER BY sum(count) DESC, name) AS rank
        FROM customer.site_counts
        WHERE site_id = \(site.uuid) AND day BETWEEN \(range.from.text)::date AND \(range.to.text)::date
        GROUP BY kind, name
      ) c
      LEFT JOIN customer.pages p ON c.kind = 'page' AND p.site_id = \(site.uuid) AND p.id::text = c.name
      LEFT JOIN customer.links l ON c.kind = 'link' AND l.site_id = \(site.uuid) AND l.id::text = c.name
      LEFT JOIN customer.short_links s ON c.kind = 'link' AND s.site_id = \(site.uuid) AND s.id::text = c.name
      WHERE c.rank <= \(Self.listLimit)
      ORDER BY c.kind, c.count DESC, c.name
      """)
  }
}

/// The days of which sums are shown: none when `to` is before `from`.
struct KeptRange {
  /// The first day that the plan keeps.
  let oldest: CivilDay
  let from: CivilDay
  let to: CivilDay
}
