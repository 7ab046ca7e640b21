import Database
import HTTP
package import Services

extension CustomerModule {
  package func statisticsTable(of site: SiteID, _ range: DayRange, _ caller: Caller) throws -> [UInt8] {
    let rows = try database.transaction(readOnly: true) { transaction in
      let kept = try keptRange(range, of: site, caller, transaction)
      return try transaction.query(
        """
        SELECT day::text, kind, name, title, count FROM (
          SELECT d.day, 0 AS place, t.kind, '' AS name, NULL AS title, t.count
          FROM customer.site_days d,
            LATERAL (VALUES ('views', d.views), ('visitors', d.visitors), ('clicks', d.clicks), ('scans', d.scans))
              AS t (kind, count)
          WHERE d.site_id = \(site.uuid)
          UNION ALL
          SELECT c.day, 1, c.kind, c.name, coalesce(p.title, l.title, s.title), c.count
          FROM customer.site_counts c
          LEFT JOIN customer.pages p ON c.kind = 'page' AND p.site_id = \(site.uuid) AND p.id::text = c.name
          LEFT JOIN customer.links l ON c.kind = 'link' AND l.site_id = \(site.uuid) AND l.id::text = c.name
          LEFT JOIN customer.short_links s ON c.kind = 'link' AND s.site_id = \(site.uuid) AND s.id::text = c.name
          WHERE c.site_id = \(site.uuid)
        ) t
        WHERE day BETWEEN \(kept.from.text)::date AND \(kept.to.text)::date
        ORDER BY day, place, kind, count DESC, name
        """)
    }
    var table = CSV(header: ["day", "kind", "name", "title", "count"])
    for row in rows {
      table.append([
        try row.string(0), try row.string(1), try row.string(2), try row.optionalString(3) ?? "",
        String(try row.int(4)),
      ])
    }
    return table.bytes
  }
}

/// A table as text (RFC 4180) that is safe to open: a text that a spreadsheet would take for a formula is marked as a
/// text by an apostrophe before it (https://owasp.org/www-community/attacks/CSV_Injection).
struct CSV {
  private(set) var bytes: [UInt8] = []

  init(header: [String]) {
    append(header)
  }

  mutating func append(_ fields: [String]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(field)
    }
    bytes += [0x0D, 0x0A]
  }

  private mutating func append(_ field: String) {
    let isFormula = field.utf8.first.map { Self.formulaMarks.contains($0) } ?? false
    let text = isFormula ? "'\(field)" : field
    guard text.utf8.contains(where: { Self.quotedMarks.contains($0) }) else {
      bytes += text.utf8
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static let formulaMarks = Array("=+-@\t\r\n".utf8)
  private static let quotedMarks = Array("\",;'\t\r\n".utf8)
}
