import Database
import HTTP
package import Services

extension CustomerModule {
  /// More differences than this say only that nearly everything is another; how many are left out is told.
  private static let changeLimit = 500

  package func version(_ number: Int64, of site: SiteID, _ caller: Caller) throws -> Resource {
    try database.query(
      """
      SELECT \(Self.versionJSON(active: "v.number IS NOT DISTINCT FROM s.published_version"))
      FROM customer.versions v JOIN customer.sites s ON s.id = v.site_id
      WHERE s.id = \(site.uuid) AND s.customer_id = \(caller.customer.uuid) AND v.number = \(number)
      """
    ).resource()
  }

  /// What a version changed, against the one before it that is still kept.
  package func changes(ofVersion number: Int64, of site: SiteID, _ caller: Caller) throws -> [UInt8] {
    let rows = try database.query(
      """
      SELECT v.source, b.number AS before_number, b.source AS before_source
      FROM customer.versions v JOIN customer.sites s ON s.id = v.site_id
      LEFT JOIN LATERAL (
        SELECT number, source FROM customer.versions
        WHERE site_id = s.id AND number < v.number AND source IS NOT NULL ORDER BY number DESC LIMIT 1
      ) b ON true
      WHERE s.id = \(site.uuid) AND s.customer_id = \(caller.customer.uuid) AND v.number = \(number)
      """)
    guard let row = rows.first else { throw Problem(.notFound) }
    return try Self.changeList(
      from: row.optionalBytes("before_source"), number: row.optionalInt("before_number"),
      to: row.optionalBytes("source"), caller.language)
  }

  /// What publishing now would change for visitors.
  package func changes(ofDraft site: SiteID, _ caller: Caller) throws -> [UInt8] {
    try database.transaction { transaction in
      let (source, _) = try snapshot(of: site, caller.customer, transaction)
      let rows = try transaction.query(
        """
        SELECT v.number, v.source FROM customer.versions v
        JOIN customer.sites s ON s.id = v.site_id AND s.published_version = v.number
        WHERE s.id = \(site.uuid)
        """)
      return try Self.changeList(
        from: rows.first?.optionalBytes("source"), number: rows.first?.int("number"), to: source, caller.language)
    }
  }

  private static func changeList(
    from before: [UInt8]?, number: Int?, to after: [UInt8]?, _ language: Language
  ) throws -> [UInt8] {
    var changes: [SnapshotChange] = []
    if let before, let after {
      changes = try SnapshotComparison.changes(
        from: JSONParser.parse(before), to: JSONParser.parse(after), language)
    }
    let answer: JSON = [
      "against": before == nil ? .null : number.map { .integer(Int64($0)) } ?? .null,
      "items": .array(changes.prefix(changeLimit).map(\.json)),
      "left_out": .integer(Int64(max(changes.count - changeLimit, 0))),
    ]
    return answer.bytes
  }
}
