import Database
import FoundationEssentials
import Jobs

/// Asks Resend what became of mails whose webhooks did not come. A few at a time, and only as far as sending leaves
/// requests over; a key that may only send learns nothing here.
struct DeliveryLookup {
  let database: Database
  let resend: ResendAPI

  private static let mostAtOnce = 20

  func run(_ context: JobContext) throws {
    for _ in 0..<Self.mostAtOnce where !context.isStopping {
      guard let (id, providerID) = try next() else { return }
      guard let event = resend.lastEvent(of: providerID) else { return }
      guard let delivery = Delivery(event: event) else { continue }
      try database.transaction {
        try DeliveryNote(delivery: delivery, at: nil).store(where: "id = \(id)", in: $0)
      }
    }
  }

  /// A mail to ask for, when the gate has a place for it.
  private func next() throws -> (id: UUID, providerID: String)? {
    try database.transaction { transaction in
      var (gate, now) = try Gate.lock(in: transaction)
      guard gate.halted == nil, gate.admission(lane: .usual, at: now) == .now else { return nil }
      let rows = try transaction.query(
        """
        UPDATE mailer.mails SET looked_up_at = \(now)
        WHERE id = (
          SELECT id FROM mailer.mails
          WHERE state = 'sent' AND provider_id IS NOT NULL AND delivery_rank < 3
            AND sent_at BETWEEN \(now) - interval '3 days' AND \(now) - interval '15 minutes'
            AND (looked_up_at IS NULL OR looked_up_at < \(now) - interval '6 hours')
          ORDER BY sent_at
          LIMIT 1
          FOR UPDATE SKIP LOCKED
        )
        RETURNING id, provider_id
        """)
      guard let row = rows.first else { return nil }
      gate.take(at: now)
      try gate.store(in: transaction)
      return (try row.uuid(0), try row.string(1))
    }
  }
}
