import Database
import HTTP
import Services

extension CustomerModule {
  /// Runs a write in one transaction, together with the record of its `Idempotency-Key`.
  ///
  /// The record is stored with the answer in the transaction of the change, so a connection cut during COMMIT and a
  /// retry give one effect and the same answer. A second request with the key waits at the unique index until the
  /// first is decided.
  func write(_ change: Change, _ body: (Transaction) throws -> Resource) throws -> Resource {
    try database.transaction { transaction in
      guard let idempotency = change.idempotency else { return try body(transaction) }
      let customer = change.caller.customer.uuid
      let inserted = try transaction.query(
        """
        INSERT INTO customer.idempotency_keys (customer_id, key, digest)
        VALUES (\(customer), \(idempotency.key), \(idempotency.digest))
        ON CONFLICT DO NOTHING
        RETURNING key
        """)
      guard !inserted.isEmpty else { return try recorded(idempotency, change.caller, transaction) }
      let resource = try body(transaction)
      _ = try transaction.execute(
        """
        UPDATE customer.idempotency_keys
        SET answer = \(resource.json), version = \(resource.version), location = \(resource.location)
        WHERE customer_id = \(customer) AND key = \(idempotency.key)
        """)
      return resource
    }
  }

  private func recorded(_ idempotency: Idempotency, _ caller: Caller, _ transaction: Transaction) throws -> Resource {
    let rows = try transaction.query(
      """
      SELECT digest, answer, version, location FROM customer.idempotency_keys
      WHERE customer_id = \(caller.customer.uuid) AND key = \(idempotency.key)
      """)
    guard let row = rows.first else { throw Problem(.overloaded, retryAfterSeconds: 1) }
    guard try row.bytes("digest") == idempotency.digest else { throw Problem(.idempotencyKeyReused) }
    return Resource(
      json: try row.bytes("answer"), version: try Int64(row.int("version")),
      location: try row.optionalString("location"))
  }

  /// Drops the records that no client will ask for any more; run by a periodic job.
  func sweepIdempotencyKeys() throws {
    _ = try database.query(
      "DELETE FROM customer.idempotency_keys WHERE created_at < now() - interval '24 hours'")
  }
}
