import Archive
import Bucket
import Database
import HTTP
import Jobs
import Services

extension CustomerModule {
  /// The kind of the jobs that write exports.
  package static let exportJob = "customer.export"
  private static let exportAttempts = 8

  func enqueueExport(_ export: ExportID, _ transaction: Transaction) throws {
    try jobs.enqueue(
      NewJob(
        kind: Self.exportJob, key: "\(Self.exportJob):\(export.text)",
        payload: JSON.object([.init("export", .string(export.text))]).bytes, priority: 2,
        maxAttempts: Self.exportAttempts),
      in: transaction)
  }

  /// Runs an export job: writes the file, then says that it is there. Killed on the way, it is begun anew.
  func runExport(_ job: Job, _ context: JobContext) throws {
    guard let export = try JSONParser.parse(job.payload)["export"]?.stringValue.flatMap({ ExportID($0) }) else {
      throw Problem(.internalError)
    }
    guard let customer = try beginExport(export) else { return }
    do {
      let now = Instant.now
      let bytes = try bucket.writeExport(export.onVolume()) { append in
        let zip = try ZipWriter(modified: Int(now.seconds), write: append)
        try ExportWriting(module: self, customer: customer, now: now, zip: zip) {
          if context.isStopping { throw JobFailure.retry(reason: "the process ends", afterSeconds: 1) }
          try context.extendLease()
        }.run()
        try zip.close()
      }
      try finishExport(export, bytes: bytes, context)
    } catch {
      if job.attempt >= job.maxAttempts {
        try database.execute(
          """
          UPDATE customer.exports SET state = 'failed', finished_at = now()
          WHERE id = \(export.uuid) AND state IN ('waiting', 'running')
          """)
      }
      throw error
    }
  }

  /// - Returns: whose export it is; nil when there is nothing to do any more.
  private func beginExport(_ export: ExportID) throws -> CustomerID? {
    let rows = try database.query(
      """
      UPDATE customer.exports SET state = 'running' WHERE id = \(export.uuid) AND state IN ('waiting', 'running')
      RETURNING customer_id
      """)
    return try rows.first.map { CustomerID(try $0.uuid("customer_id")) }
  }

  /// State and mail are there together, or neither.
  private func finishExport(_ export: ExportID, bytes: Int, _ context: JobContext) throws {
    try database.transaction { transaction in
      try context.complete(in: transaction)
      let rows = try transaction.query(
        """
        WITH ready AS (
          UPDATE customer.exports SET state = 'ready', bytes = \(bytes), finished_at = now(),
            expires_at = now() + \(Self.exportDays) * interval '1 day'
          WHERE id = \(export.uuid) AND state = 'running'
          RETURNING requested_by, expires_at
        )
        SELECT u.email, u.language, r.expires_at FROM ready r JOIN customer.users u ON u.id = r.requested_by
        """)
      guard let row = rows.first, let email = EmailAddress(try row.string("email")) else { return }
      try mailer.enqueue(
        .exportReady(
          export: export.text, expiresAt: Instant(try row.timestamp("expires_at")),
          download: "\(settings.dashboard)/account"),
        to: email, language: Language(rawValue: try row.string("language")) ?? .english, in: transaction)
    }
  }
}
