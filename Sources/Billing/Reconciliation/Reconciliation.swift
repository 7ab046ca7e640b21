import Database
import HTTP
import Jobs

extension BillingModule {
  /// How long one run of a periodic job works before it leaves the rest to the next.
  private static let runMilliseconds = 40_000

  /// Every few minutes: what Stripe has told and we have not heard.
  func collectMissedEvents(_ context: JobContext) throws {
    let deadline = Deadline.after(milliseconds: Self.runMilliseconds)
    _ = try MissedEvents(module: self, pace: Pace()).collect {
      try context.extendLease()
      return !context.isStopping && Deadline.now < deadline
    }
  }

  /// Every minute: goes on with the round under way, or begins one when it is time. A round is soon done (a hundred
  /// customers take a request) and then rests.
  func compareCustomers(_ context: JobContext) throws {
    let deadline = Deadline.after(milliseconds: Self.runMilliseconds)
    var cursor = try Cursor("customers", database)
    guard var position = try position(cursor.value) else { return }
    let goesOn = { () throws -> Bool in
      try context.extendLease()
      return !context.isStopping && Deadline.now < deadline
    }
    let comparison = Comparison(module: self, pace: Pace(), found: { _ in }, goesOn: goesOn)
    while try !position.isDone && goesOn() {
      position = try comparison.step(position)
      guard try cursor.move(to: position.json) else { return }
    }
    if position.isDone { log(.roundCompleted(customers: position.customers, repaired: position.repaired)) }
  }

  /// Where the round under way stands, or a new one's begin; nil when it is not time for one.
  private func position(_ stored: JSON) throws -> Comparison.Position? {
    let now = try databaseNow()
    guard let last = Comparison.Position(stored) else { return Comparison.Position(startedAt: now) }
    if !last.isDone { return last }
    return now >= last.startedAt.adding(seconds: Double(settings.roundSeconds))
      ? Comparison.Position(startedAt: now) : nil
  }

  private func databaseNow() throws -> Timestamp { try database.query("SELECT now()")[0].timestamp(0) }

  /// Does at once, for an operator, all that reconciliation does by itself.
  ///
  /// - Parameters:
  ///   - everyone: fetches each customer, with all invoices, instead of comparing lists first.
  ///   - found: told of each customer that differed, or could not be fetched.
  package func reconcile(everyone: Bool, found: @escaping (ReconciliationFinding) -> Void) throws
    -> ReconciliationReport
  {
    let pace = Pace()
    let missedEvents = try MissedEvents(module: self, pace: pace, isImmediate: true).collect { true }
    let comparison = Comparison(module: self, pace: pace, found: found)
    var position = Comparison.Position(startedAt: try databaseNow())
    while !position.isDone {
      position = everyone ? try comparison.fetchStep(position) : try comparison.step(position)
    }
    return ReconciliationReport(
      missedEvents: missedEvents, customers: position.customers, repaired: position.repaired)
  }
}

/// A customer that was another at Stripe, although no event had told so.
package struct ReconciliationFinding {
  package let stripeCustomer: String
  /// What was another.
  package let differences: [String]
  /// Why it could not be mended; nil: it was.
  package let failure: String?
}

/// What one reconciliation did.
package struct ReconciliationReport {
  /// Events that Stripe lists and that had not arrived; their customers are fetched.
  package let missedEvents: Int
  /// How many customers were compared.
  package let customers: Int
  package let repaired: Int
}

extension Comparison.Position {
  /// Reads a cursor; nil when there was no round yet.
  init?(_ json: JSON) {
    guard let startedAt = json["started_at"]?.integerValue else { return nil }
    self.init(startedAt: Timestamp(microseconds: startedAt))
    after = json["after"]?.stringValue
    isListed = json["listed"]?.boolValue ?? false
    isDone = json["done"]?.boolValue ?? false
    customers = Int(json["customers"]?.integerValue ?? 0)
    repaired = Int(json["repaired"]?.integerValue ?? 0)
  }

  var json: JSON {
    [
      "started_at": .integer(startedAt.microseconds), "after": JSON(after), "listed": .bool(isListed),
      "done": .bool(isDone), "customers": .integer(Int64(customers)), "repaired": .integer(Int64(repaired)),
    ]
  }
}
