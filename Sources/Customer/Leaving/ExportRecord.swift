import Bucket
import Database
import HTTP
import Jobs
package import Services

extension CustomerModule {
  /// How long a finished export can be fetched, in days.
  static let exportDays = 7
  /// The most exports that a customer's list holds; the oldest goes when another one is asked for.
  private static let exportLimit = 3

  /// An export as the API shows it, from `customer.exports e`.
  private static let exportJSON: SQL = """
    json_build_object('id', e.id, 'state', e.state, 'bytes', e.bytes, 'created_at', customer.rfc3339(e.created_at),
      'finished_at', customer.rfc3339(e.finished_at), 'expires_at', customer.rfc3339(e.expires_at))::text AS json
    """

  /// The newest first.
  package func exports(_ page: ListPage, _ caller: Caller) throws -> [UInt8] {
    let last = "ffffffff-ffff-ffff-ffff-ffffffffffff"
    guard let before = ExportID(page.after ?? last) else { throw Problem(.unknownParameter) }
    return try database.query(
      """
      SELECT \(Self.exportJSON), e.id AS cursor FROM customer.exports e
      WHERE e.customer_id = \(caller.customer.uuid) AND e.id < \(before.uuid)
      ORDER BY e.id DESC LIMIT \(page.limit + 1)
      """
    ).list(page) { try ExportID($0.uuid("cursor")).text }
  }

  package func createExport(_ change: Change) throws -> Resource {
    var reader = try ObjectReader(change.body)
    try reader.finish()
    let customer = change.caller.customer
    return try write(change) { transaction in
      try lockMembers(of: customer, transaction)
      let open = try transaction.query(
        """
        SELECT \(Self.exportJSON), 0::bigint AS version FROM customer.exports e
        WHERE e.customer_id = \(customer.uuid) AND e.state IN ('waiting', 'running')
        """)
      if !open.isEmpty { return try open.resource() }
      let export = ExportID.new()
      let rows = try transaction.query(
        """
        INSERT INTO customer.exports AS e (id, customer_id, requested_by)
        VALUES (\(export.uuid), \(customer.uuid), \(change.caller.user.uuid))
        RETURNING \(Self.exportJSON), 0::bigint AS version
        """)
      try forgetExports(of: customer, beyond: Self.exportLimit, transaction)
      try enqueueExport(export, transaction)
      try note(.exportRequested, by: change.caller, in: transaction)
      return try rows.resource()
    }
  }

  package func exportFile(_ export: ExportID, _ caller: Caller) throws -> ExportFile {
    let rows = try database.query(
      """
      SELECT state, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day FROM customer.exports
      WHERE id = \(export.uuid) AND customer_id = \(caller.customer.uuid)
        AND (expires_at IS NULL OR expires_at > now())
      """)
    guard let row = rows.first else { throw Problem(.notFound) }
    guard try row.string("state") == "ready" else { throw Problem(.conflict) }
    guard try bucket.hasExport(export.onVolume()) else {
      throw BucketError.corrupt("the file of export \(export.text) is missing")
    }
    return ExportFile(name: "\(export.text).zip", fileName: "smartpages-\(try row.string("day")).zip")
  }

  /// Forgets the oldest exports beyond so many, and removes their files.
  func forgetExports(of customer: CustomerID, beyond count: Int, _ transaction: Transaction) throws {
    let forgotten = try transaction.query(
      """
      DELETE FROM customer.exports WHERE id IN (
        SELECT id FROM customer.exports WHERE customer_id = \(customer.uuid) ORDER BY id DESC OFFSET \(count))
      RETURNING id
      """
    ).map { ExportID(try $0.uuid("id")) }
    // What fails here the sweep does.
    transaction.afterCommit { [bucket] in
      for export in forgotten { _ = try? bucket.removeExport(export.onVolume()) }
    }
  }

  /// Forgets exports whose time is over, and removes files that nobody knows. Run each day.
  func sweepExports() throws {
    try database.execute("DELETE FROM customer.exports WHERE expires_at < now()")
    try database.execute(
      "DELETE FROM customer.exports WHERE state = 'failed' AND finished_at < now() - interval '30 days'")
    // Its job is gone, however that came about: another one can be asked for.
    try database.execute(
      """
      UPDATE customer.exports SET state = 'failed', finished_at = now()
      WHERE state IN ('waiting', 'running') AND created_at < now() - interval '2 days'
      """)
    try bucket.sweepExports(graceSeconds: 24 * 3600) { names in
      let ids = names.compactMap { ExportID($0.description)?.uuid }
      let rows = try database.query("SELECT id FROM customer.exports WHERE id = ANY(\(ids))")
      return Set(try rows.map { try ExportID($0.uuid("id")).onVolume() })
    }
  }
}

extension Identifier<ExportKind> {
  /// The file's name on the volume.
  func onVolume() throws -> VersionName {
    guard let name = VersionName(text) else { throw Problem(.internalError) }
    return name
  }
}
