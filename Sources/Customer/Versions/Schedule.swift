import Database
import HTTP
import Jobs
package import Services

extension CustomerModule {
  /// The kind of the jobs that publish sites and take them offline at a time that was chosen before.
  package static let scheduleJob = "customer.schedule"

  /// Replaces what is planned. Only a publishing at a moment that was not planned before needs what publishing needs:
  /// calling off, and going offline, must always be possible.
  package func replaceSchedule(of site: SiteID, _ change: Change) throws -> Resource {
    var reader = try ObjectReader(change.body)
    for name in ["publish_at", "unpublish_at"] where !reader.has(name) { reader.refuse(name, .required) }
    let publishing = reader.plannedMoment("publish_at") ?? nil
    let ending = reader.plannedMoment("unpublish_at") ?? nil
    let note = reader.optionalString("note", maximum: 200)
    if let publishing, publishing == ending { reader.refuse("unpublish_at", .invalidTime) }
    try reader.finish()
    return try write(change) { transaction in
      let planned = try lockSchedule(of: site, change.caller.customer, transaction)
      if let publishing, planned != publishing {
        try refuseWithoutEntitlement(change.caller.customer, transaction)
        try lockForPublishing(site, change.caller.customer, transaction)
      }
      _ = try transaction.execute(
        """
        UPDATE customer.sites SET publish_at = \(publishing.map { Timestamp($0) }),
          publish_note = CASE WHEN \(publishing == nil) THEN '' ELSE coalesce(\(note), publish_note) END,
          publish_by = CASE WHEN \(publishing == nil) THEN NULL ELSE \(change.caller.user.uuid) END,
          unpublish_at = \(ending.map { Timestamp($0) }), schedule_failure = NULL, schedule_failed_at = NULL
        WHERE id = \(site.uuid)
        """)
      try enqueueSchedule(of: site, transaction)
      return try self.site(site, transaction)
    }
  }

  /// - Returns: when the site, which is locked, is to be published; nil: not by itself.
  /// - Throws: ``Problem`` of 404 when the site is not the customer's.
  private func lockSchedule(
    of site: SiteID, _ customer: CustomerID, _ transaction: Transaction
  ) throws -> Instant? {
    let rows = try transaction.query(
      "SELECT publish_at FROM customer.sites WHERE id = \(site.uuid) AND customer_id = \(customer.uuid) FOR UPDATE")
    guard let row = rows.first else { throw Problem(.notFound) }
    return try row.optionalTimestamp("publish_at").map { Instant($0) }
  }

  /// Plans the publishing of what the draft will be then.
  func planPublishing(of site: SiteID, at moment: Instant, note: String, _ change: Change) throws -> Resource {
    try write(change) { transaction in
      try lockForPublishing(site, change.caller.customer, transaction)
      _ = try transaction.execute(
        """
        UPDATE customer.sites SET publish_at = \(Timestamp(moment)), publish_note = \(note),
          publish_by = \(change.caller.user.uuid), schedule_failure = NULL, schedule_failed_at = NULL
        WHERE id = \(site.uuid)
        """)
      try enqueueSchedule(of: site, transaction)
      return try self.site(site, transaction)
    }
  }

  /// Has a job run at the next planned moment, in the place of one that waits already.
  func enqueueSchedule(of site: SiteID, _ transaction: Transaction) throws {
    let key = "\(Self.scheduleJob):\(site.text)"
    _ = try jobs.withdraw(key: key, in: transaction)
    let rows = try transaction.query(
      "SELECT least(publish_at, unpublish_at) AS moment FROM customer.sites WHERE id = \(site.uuid)")
    guard let moment = try rows.first?.optionalTimestamp("moment") else { return }
    try jobs.enqueue(
      NewJob(
        kind: Self.scheduleJob, key: key, keyUntilTaken: true, payload: ["site": .string(site.text)], runAt: moment),
      in: transaction)
  }
}

extension NewJob {
  fileprivate init(kind: String, key: String, keyUntilTaken: Bool, payload: JSON, runAt: Timestamp) {
    self.init(kind: kind, key: key, keyUntilTaken: keyUntilTaken, payload: payload.bytes, runAt: runAt)
  }
}

extension ObjectReader {
  /// How far ahead something may be planned, in seconds: a leap year.
  private static let farthest: Int64 = 366 * 24 * 3600

  /// A moment to come, or null; the outer nil says that the member is absent or refused.
  mutating func plannedMoment(_ name: String) -> Instant?? {
    guard let text = nullableString(name, maximum: 40) else { return .none }
    guard let text else { return .some(nil) }
    let now = Instant.now
    guard let moment = Instant(rfc3339: text), moment > now, moment < now.adding(seconds: Self.farthest) else {
      refuse(name, .invalidTime)
      return .none
    }
    return .some(moment)
  }
}
