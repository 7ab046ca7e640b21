import Database
import HTTP
import Jobs

/// Reads Stripe's list of events and puts into the inbox what never arrived (https://docs.stripe.com/api/events/list,
/// thirty days back).
///
/// A pass looks at what the pass before saw as its newest, and no further: what is younger may still be on its way. No
/// clock of ours is asked.
struct MissedEvents {
  /// Those that matter here, as many as Stripe takes in one request: most events of an account are others.
  private static let types = [
    "checkout.session.completed", "checkout.session.async_payment_succeeded", "checkout.session.async_payment_failed",
    "checkout.session.expired", "customer.updated", "customer.deleted", "customer.subscription.created",
    "customer.subscription.updated", "customer.subscription.deleted", "customer.subscription.paused",
    "customer.subscription.resumed", "invoice.finalized", "invoice.paid", "invoice.payment_failed",
    "invoice.payment_action_required", "invoice.voided", "invoice.marked_uncollectible", "charge.refunded",
    "charge.dispute.created", "charge.dispute.closed",
  ]

  /// Events of one second may become visible out of order.
  private static let overlapSeconds: Int64 = 300

  let module: BillingModule
  let pace: Pace
  /// Takes all that is there as missed, also what may still be on its way.
  var isImmediate = false

  /// - Parameter goesOn: asked before each page.
  /// - Returns: how many had not arrived.
  func collect(while goesOn: () throws -> Bool) throws -> Int {
    var cursor = try Cursor("events", module.database)
    var found = 0
    while try goesOn() {
      let looked = cursor.value["looked"]?.integerValue ?? 0
      let after = cursor.value["after"]?.stringValue
      let page: (items: [JSON], hasMore: Bool)
      do {
        page = try request(since: looked - Self.overlapSeconds, after: after)
      } catch let failure as StripeError where failure.isFinal && after != nil {
        // The event at which the pass stood has become too old: it begins anew.
        guard try cursor.move(to: state(looked, cursor.value["seen"]?.integerValue, newest: nil, after: nil)) else {
          return found
        }
        continue
      }
      let newest = cursor.value["newest"]?.integerValue ?? page.items.first?["created"]?.integerValue ?? looked
      let seen = cursor.value["seen"]?.integerValue
      let bound = isImmediate ? Int64.max : seen ?? looked
      found += try take(page.items, upTo: bound)
      let last = page.items.last?["id"]?.stringValue
      let isEnd = !page.hasMore || last == nil
      let next =
        isEnd
        ? state(isImmediate ? newest : bound, newest, newest: nil, after: nil)
        : state(looked, seen, newest: newest, after: last)
      guard try cursor.move(to: next), !isEnd else { return found }
    }
    return found
  }

  /// - Parameters:
  ///   - looked: up to when all was looked at.
  ///   - seen: the newest of the last pass.
  ///   - newest: the newest of the pass under way.
  ///   - after: where that stands.
  private func state(_ looked: Int64, _ seen: Int64?, newest: Int64?, after: String?) -> JSON {
    [
      "looked": .integer(looked), "seen": seen.map { .integer($0) } ?? .null,
      "newest": newest.map { .integer($0) } ?? .null, "after": JSON(after),
    ]
  }

  private func request(since: Int64, after: String?) throws -> (items: [JSON], hasMore: Bool) {
    var form: Form = ["limit": "100", "created[gte]": String(max(since, 0))]
    form.add("starting_after", after)
    for (index, type) in Self.types.enumerated() { form.add("types[\(index)]", type) }
    return try pace.run { try module.stripe.page("/v1/events", form) }
  }

  private func take(_ events: [JSON], upTo bound: Int64) throws -> Int {
    let listed = events.compactMap { event in EventEnvelope(event).map { ($0, event) } }.filter {
      $0.0.created <= bound
    }
    let known = Set(
      try module.database.query("SELECT id FROM billing.events WHERE id = ANY(\(listed.map(\.0.id)))").map {
        try $0.string(0)
      })
    let missed = listed.filter { !known.contains($0.0.id) }.map { envelope, event in
      InboxEntry(envelope, payload: String(decoding: event.bytes, as: UTF8.self), isLive: module.stripe.isLive)
    }
    if missed.isEmpty { return 0 }
    let verdicts = try InboxStatement(missed).run(in: module.database)
    module.jobs.wake()
    try note(verdicts.keys.sorted())
    return verdicts.count
  }

  private func note(_ events: [String]) throws {
    _ = try module.database.execute(
      """
      INSERT INTO billing.drifts (kind, detail, repaired_at)
      SELECT \(Alarms.missedEvent)::text, id, now() FROM unnest(\(events)) AS id
      """)
    let detail = events.prefix(3).joined(separator: " ") + (events.count > 3 ? " and \(events.count - 3) more" : "")
    module.log(.drift(customer: nil, kind: Alarms.missedEvent, detail: detail))
  }
}
