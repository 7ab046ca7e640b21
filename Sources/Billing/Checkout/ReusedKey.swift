import Database
import HTTP
import Services

extension BillingModule {
  /// Refuses an `Idempotency-Key` that came with another request before. A repeat of the same request is carried out
  /// again, as each ends in the same state however often it comes; no answer need be kept for it.
  ///
  /// - Throws: ``Problem`` of 422.
  func refuseReusedKey(_ change: Change) throws {
    guard let idempotency = change.idempotency else { return }
    let rows = try database.query(
      """
      INSERT INTO billing.idempotency_keys (customer_id, key, digest)
      VALUES (\(change.caller.customer.uuid), \(idempotency.key), \(idempotency.digest))
      ON CONFLICT (customer_id, key) DO UPDATE SET key = excluded.key
      RETURNING digest
      """)
    guard try rows.first?.bytes("digest") == idempotency.digest else { throw Problem(.idempotencyKeyReused) }
  }
}
