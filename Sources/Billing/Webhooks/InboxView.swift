package import Database
import HTTP
import Jobs

/// Which events of the inbox are meant.
package struct InboxFilter: Sendable {
  package var ids: [String] = []
  package var state: String?
  package var type: String?
  /// Received at this moment or later.
  package var since: Timestamp?

  package init() {}

  var condition: SQL {
    """
    (\(ids.isEmpty) OR id = ANY(\(ids))) AND (\(state)::text IS NULL OR state = \(state))
    AND (\(type)::text IS NULL OR type = \(type)) AND (\(since)::timestamptz IS NULL OR received_at >= \(since))
    """
  }
}

/// An event of the inbox, for an operator.
package struct InboxLine: Sendable {
  package let id: String
  package let type: String
  package let state: String
  package let reason: String?
  package let stripeCustomer: String?
  package let receivedAt: Timestamp
}

extension BillingModule {
  /// The newest events that fit.
  package func events(_ filter: InboxFilter, limit: Int) throws -> [InboxLine] {
    try database.query(
      """
      SELECT id, type, state, reason, stripe_customer, received_at FROM billing.events
      WHERE \(filter.condition) ORDER BY received_at DESC, id LIMIT \(limit)
      """
    ).map { row in
      InboxLine(
        id: try row.string("id"), type: try row.string("type"), state: try row.string("state"),
        reason: try row.optionalString("reason"), stripeCustomer: try row.optionalString("stripe_customer"),
        receivedAt: try row.timestamp("received_at"))
    }
  }

  /// Has the customers of the events that fit be fetched again, whatever became of the events. Those of the wrong mode,
  /// and those that name no customer, are left as they are: there is nothing to fetch.
  ///
  /// - Returns: how many events go again.
  package func replay(_ filter: InboxFilter) throws -> Int {
    let job = JobQueue.insertion(
      kind: Self.syncJobKind, key: Self.syncJobKey, payload: Self.syncJobPayload,
      from: "(SELECT DISTINCT stripe_customer FROM again) AS customers", hastening: true)
    let rows = try database.query(
      """
      WITH again AS (
        UPDATE billing.events SET state = 'received', reason = NULL, processed_at = NULL
        WHERE \(filter.condition) AND stripe_customer IS NOT NULL AND reason IS DISTINCT FROM 'wrong_mode'
        RETURNING stripe_customer
      ), job AS (\(job))
      SELECT count(*) FROM again
      """)
    jobs.wake()
    return try rows[0].int(0)
  }
}
