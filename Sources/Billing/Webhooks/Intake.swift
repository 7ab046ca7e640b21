import HTTP
import Jobs

extension BillingModule {
  /// The longest event that is taken, in bytes: many times what Stripe sends.
  static let eventLimit = 1 << 20

  package func receive(_ body: [UInt8], signature: String?) throws {
    guard body.count <= Self.eventLimit else { throw Problem(.bodyTooLarge) }
    guard webhookSignature.holds(for: body, header: signature, at: .now) else {
      counters.count(\.refused)
      throw Problem(.signatureInvalid)
    }
    let isNew = try store(InboxEntry(body, isLive: stripe.isLive))
    counters.count(isNew ? \.accepted : \.repeated)
    if isNew { jobs.wake() }
  }

  /// Puts an event into the inbox and, unless it was there, enqueues the fetch of its customer; committed when this
  /// returns.
  ///
  /// - Returns: whether it was not there.
  func store(_ entry: InboxEntry) throws -> Bool {
    let verdict = try inbox.store(entry)
    if case .parked(let reason) = verdict {
      log(.eventParked(event: entry.id, type: entry.type, reason: reason))
    }
    return verdict != .known
  }
}
