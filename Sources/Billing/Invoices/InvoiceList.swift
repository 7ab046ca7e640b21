import Database
import HTTP
package import Services

extension BillingModule {
  package func invoices(_ page: ListPage, _ caller: Caller) throws -> [UInt8] {
    let start = try InvoiceCursor(page)
    let rows = try database.query(
      """
      SELECT id, number, status, amount, currency, created_at, paid_at, url, pdf_url
      FROM billing.invoices
      WHERE customer_id = \(caller.customer.uuid)
        AND (\(start == nil) OR (created_at, id) < (\(start?.createdAt), \(start?.id)))
      ORDER BY created_at DESC, id DESC
      LIMIT \(page.limit + 1)
      """)
    let items = try rows.prefix(page.limit).map { try Self.json($0) }
    let last = rows.count > page.limit ? rows[page.limit - 1] : nil
    let next = try last.map { InvoiceCursor(createdAt: try $0.timestamp("created_at"), id: try $0.string("id")).text }
    return JSON.object([.init("items", .array(items)), .init("next", JSON(next))]).bytes
  }

  private static func json(_ row: Row) throws -> JSON {
    [
      "id": .string(try row.string("id")), "number": JSON(try row.optionalString("number")),
      "status": .string(try row.string("status")), "amount": .integer(Int64(try row.int("amount"))),
      "currency": .string(try row.string("currency")),
      "created_at": .string(try row.timestamp("created_at").rfc3339),
      "paid_at": JSON(try row.optionalTimestamp("paid_at")?.rfc3339), "url": JSON(try row.optionalString("url")),
      "pdf_url": JSON(try row.optionalString("pdf_url")),
    ]
  }
}

/// Where a page of invoices ends: moment and id of its last one.
struct InvoiceCursor: Equatable {
  let createdAt: Timestamp
  let id: String

  init(createdAt: Timestamp, id: String) {
    self.createdAt = createdAt
    self.id = id
  }

  /// Nil on the first page.
  ///
  /// - Throws: ``Problem`` of 422 when it is none of ours.
  init?(_ page: ListPage) throws {
    guard let after = page.after else { return nil }
    let parts = after.split(separator: ".", maxSplits: 1)
    guard parts.count == 2, let microseconds = Int64(parts[0]), microseconds >= 0, parts[1].utf8.count <= 255 else {
      throw Problem(.unknownParameter)
    }
    self.init(createdAt: Timestamp(microseconds: microseconds), id: String(parts[1]))
  }

  var text: String { "\(createdAt.microseconds).\(id)" }
}
