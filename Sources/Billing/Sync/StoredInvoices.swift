import Database
import HTTP
import Services

/// A customer's invoices as last fetched.
struct StoredInvoices {
  private let customer: CustomerID

  init(_ customer: CustomerID) {
    self.customer = customer
  }

  /// Stores what has changed, in one statement.
  ///
  /// - Returns: those that are paid and were not when last fetched, and whether any was another.
  func store(_ invoices: [StripeInvoice], in transaction: Transaction) throws -> (
    newlyPaid: [StripeInvoice], isChanged: Bool
  ) {
    if invoices.isEmpty { return ([], false) }
    let rows = try transaction.query(
      """
      WITH given AS (
        SELECT * FROM jsonb_to_recordset(\(.json(Self.json(invoices)))) AS given (
          id text, number text, status text, amount bigint, remaining bigint, currency text, url text, pdf_url text,
          created_at float8, paid_at float8
        )
      ), before AS (
        SELECT i.id, i.status FROM billing.invoices i JOIN given USING (id)
      ), stored AS (
        INSERT INTO billing.invoices AS i (
          id, customer_id, number, status, amount, remaining, currency, url, pdf_url, created_at, paid_at
        )
        SELECT id, \(customer.uuid), number, status, amount, remaining, currency, url, pdf_url,
          to_timestamp(created_at), to_timestamp(paid_at)
        FROM given
        ON CONFLICT (id) DO UPDATE
        SET number = excluded.number, status = excluded.status, amount = excluded.amount,
          remaining = excluded.remaining, url = excluded.url, pdf_url = excluded.pdf_url, paid_at = excluded.paid_at
        WHERE (i.number, i.status, i.amount, i.remaining, i.paid_at)
          IS DISTINCT FROM (excluded.number, excluded.status, excluded.amount, excluded.remaining, excluded.paid_at)
        RETURNING i.id, i.status
      )
      SELECT stored.id, stored.status = 'paid' AND before.status IS DISTINCT FROM 'paid' AS newly_paid
      FROM stored LEFT JOIN before USING (id)
      """)
    let paid = Set(try rows.filter { try $0.bool("newly_paid") }.map { try $0.string("id") })
    return (invoices.filter { paid.contains($0.id) }, !rows.isEmpty)
  }

  private static func json(_ invoices: [StripeInvoice]) -> [UInt8] {
    JSON.array(
      invoices.map { invoice in
        [
          "id": .string(invoice.id), "number": JSON(invoice.number), "status": .string(invoice.status),
          "amount": .integer(invoice.total), "remaining": .integer(invoice.remaining),
          "currency": .string(invoice.currency), "url": JSON(invoice.url), "pdf_url": JSON(invoice.pdf),
          "created_at": .integer(invoice.created), "paid_at": invoice.paidAt.map { .integer($0) } ?? .null,
        ]
      }
    ).bytes
  }
}
