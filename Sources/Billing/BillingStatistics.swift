import Database

/// Billing at one moment, for metrics.
package struct BillingStatistics: Sendable {
  /// Events that are not processed, by state: received, parked, dead.
  package let openEvents: [(state: String, count: Int)]
  /// What lasts and a person must look at, by kind.
  package let alarms: [(kind: String, count: Int)]
  /// Drifts that were found and repaired, by kind, within what is kept.
  package let drifts: [(kind: String, count: Int)]
}

extension BillingModule {
  /// Counted by this process since its start.
  package var counts: BillingCounts { counters.current }

  package func statistics() throws -> BillingStatistics {
    let events = try database.query(
      "SELECT state, count(*) FROM billing.events WHERE state <> 'processed' GROUP BY state")
    let drifts = try database.query(
      """
      SELECT kind, count(*) FILTER (WHERE repaired_at IS NULL), count(*) FILTER (WHERE repaired_at IS NOT NULL)
      FROM billing.drifts GROUP BY kind
      """)
    return BillingStatistics(
      openEvents: try events.map { (try $0.string(0), try $0.int(1)) },
      alarms: try drifts.map { (try $0.string(0), try $0.int(1)) },
      drifts: try drifts.map { (try $0.string(0), try $0.int(2)) })
  }
}
