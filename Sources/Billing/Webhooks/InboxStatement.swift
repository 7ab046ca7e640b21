import Database
import Jobs

/// Inserts events and, for those that are new, enqueues the fetch of their customer: one round trip and one commit.
struct InboxStatement {
  private let entries: [InboxEntry]

  init(_ entries: [InboxEntry]) {
    self.entries = entries
  }

  /// - Returns: what became of those that were not there, by id.
  func run(in database: Database) throws(DatabaseError) -> [String: InboxWriter.Verdict] {
    let rows = try database.query(
      """
      WITH given AS (
        SELECT g.*, g.state <> 'received' OR a.stripe_customer IS NOT NULL AS known
        FROM (
          SELECT id, type, live = 1 AS livemode, nullif(version, '') AS api_version,
            to_timestamp(created) AS created_at, nullif(customer, '') AS customer, payload, state,
            nullif(reason, '') AS reason
          FROM unnest(
            \(entries.map(\.id)), \(entries.map(\.type)), \(entries.map { $0.livemode ? 1 : 0 }),
            \(entries.map { $0.apiVersion ?? "" }), \(entries.map(\.created)), \(entries.map { $0.customer ?? "" }),
            \(entries.map(\.payload)), \(entries.map(\.state.rawValue)), \(entries.map { $0.reason?.rawValue ?? "" })
          ) AS given (id, type, live, version, created, customer, payload, state, reason)
        ) AS g
        LEFT JOIN billing.accounts a ON a.stripe_customer = g.customer
      ), news AS (
        INSERT INTO billing.events (
          id, type, livemode, api_version, created_at, stripe_customer, payload, state, reason, processed_at
        )
        SELECT id, type, livemode, api_version, created_at, customer, payload,
          CASE WHEN known THEN state ELSE 'parked' END, CASE WHEN known THEN reason ELSE 'unknown_customer' END,
          CASE WHEN known AND state = 'processed' THEN now() END
        FROM given
        -- Always in this order: two processes that store the same events must not wait for each other.
        ORDER BY id
        ON CONFLICT (id) DO NOTHING
        RETURNING id, stripe_customer, state, reason
      ), job AS (\(Self.job))
      SELECT id, CASE WHEN state = 'parked' THEN reason END AS parked FROM news
      """)
    var verdicts: [String: InboxWriter.Verdict] = [:]
    for row in rows {
      verdicts[try row.string(0)] = try row.optionalString(1).map { .parked($0) } ?? .stored
    }
    return verdicts
  }

  private static let job = JobQueue.insertion(
    kind: BillingModule.syncJobKind, key: BillingModule.syncJobKey, payload: BillingModule.syncJobPayload,
    from: """
      (
        SELECT DISTINCT stripe_customer FROM news WHERE state = 'received' OR reason = 'api_version'
        ORDER BY stripe_customer
      ) AS customers
      """, hastening: true)
}
