import Database
import HTTP
import Services

/// Compares all customers with Stripe's, page by page, and mends what differs; then those that Stripe no longer lists.
struct Comparison {
  /// How far a round has come.
  struct Position: Equatable {
    /// By the database's clock: accounts seen since then were compared.
    var startedAt: Timestamp
    /// The last customer of the last page; nil before the first.
    var after: String?
    /// Whether all pages are done, and those not seen are left.
    var isListed = false
    var isDone = false
    var customers = 0
    var repaired = 0
  }

  let module: BillingModule
  let pace: Pace
  /// Told of each customer that differed, or could not be fetched.
  let found: (ReconciliationFinding) -> Void
  /// Asked before each fetch, which may take seconds; a step that is left off is begun anew.
  var goesOn: () throws -> Bool = { true }

  /// Takes one page, or some of those that no page had.
  func step(_ position: Position) throws -> Position {
    var next = position
    if position.isListed {
      let accounts = try unseen(since: position.startedAt)
      for account in accounts {
        guard try goesOn() else { return position }
        if try mend(account) { next.repaired += 1 }
      }
      next.isDone = accounts.isEmpty
      return next
    }
    do {
      let page = try pace.run { try module.stripe.customers(after: position.after) }
      for customer in try suspects(page.customers) {
        guard try goesOn() else { return position }
        if try mend(customer) { next.repaired += 1 }
      }
      next.customers += page.customers.count
      next.after = page.customers.last?.id
      next.isListed = !page.hasMore || next.after == nil
    } catch let failure as StripeError where failure.isFinal && position.after != nil {
      // The customer at which the round stood has been deleted.
      next.after = nil
    }
    return next
  }

  /// Fetches some customers, whether they seem to differ or not.
  func fetchStep(_ position: Position) throws -> Position {
    var next = position
    let customers = try module.database.query(
      """
      SELECT stripe_customer FROM billing.accounts WHERE stripe_customer > \(position.after ?? "")
      ORDER BY stripe_customer LIMIT 100
      """
    ).map { try $0.string(0) }
    for customer in customers {
      if try mend(customer) { next.repaired += 1 }
    }
    next.customers += customers.count
    next.after = customers.last
    next.isDone = customers.isEmpty
    return next
  }

  /// The customers of a page that are others than we hold, and are not about to be fetched anyway.
  private func suspects(_ customers: [ListedCustomer]) throws -> [String] {
    let rows = try module.database.query(
      """
      UPDATE billing.accounts SET checked_at = now() WHERE stripe_customer = ANY(\(customers.map(\.id)))
      RETURNING \(AccountState.columns), stripe_customer, EXISTS (
        SELECT FROM billing.events e WHERE e.stripe_customer = accounts.stripe_customer AND e.state = 'received'
      ) OR coalesce(sync_until > now(), false) AS is_pending
      """)
    let invoices = try module.database.query(
      "SELECT id, status FROM billing.invoices WHERE id = ANY(\(customers.flatMap(\.invoices).map(\.id)))")
    let statuses = Dictionary(
      try invoices.map { (try $0.string("id"), try $0.string("status")) }, uniquingKeysWith: { first, _ in first })
    let accounts = Dictionary(
      try rows.map { (try $0.string("stripe_customer"), $0) }, uniquingKeysWith: { first, _ in first })
    try noteStrangers(customers, known: Set(accounts.keys))
    var suspects: [String] = []
    for customer in customers {
      guard let row = accounts[customer.id], try !row.bool("is_pending") else { continue }
      let differs = customer.differs(
        from: try AccountState(row), planOf: { module.plans.plan(priced: $0)?.plan.id },
        invoiceStatus: { statuses[$0] })
      if differs { suspects.append(customer.id) }
    }
    return suspects
  }

  /// Accounts whose customer no page had: deleted, or made while the round ran. Their fetch marks them as seen.
  private func unseen(since start: Timestamp) throws -> [String] {
    try module.database.query(
      """
      SELECT stripe_customer FROM billing.accounts
      WHERE stripe_customer IS NOT NULL AND (checked_at IS NULL OR checked_at < \(start))
      LIMIT 20
      """
    ).map { try $0.string(0) }
  }

  /// Fetches one customer; whether something was another.
  private func mend(_ customer: String) throws -> Bool {
    do {
      let outcome = try pace.run(requests: 3) { try module.synchronize(.stripe(customer), for: .reconciliation) }
      guard case .done(let differences) = outcome, !differences.isEmpty else { return false }
      found(ReconciliationFinding(stripeCustomer: customer, differences: differences, failure: nil))
      return true
    } catch let failure as StripeError where failure.isFinal || failure.isUnexpected {
      // It is not there, and was not deleted either: perhaps the key is another account's. Or it is of a shape that is
      // not known here. One odd customer must not hold up all others.
      try noteLasting(Alarms.missingCustomer, customer)
      _ = try module.database.execute(
        "UPDATE billing.accounts SET checked_at = now() WHERE stripe_customer = \(customer)")
      found(ReconciliationFinding(stripeCustomer: customer, differences: [], failure: "\(failure)"))
      return false
    }
  }

  private func noteStrangers(_ customers: [ListedCustomer], known: Set<String>) throws {
    let strangers = customers.filter { !known.contains($0.id) && !$0.live.isEmpty }.map(\.id)
    for stranger in strangers {
      try noteLasting(Alarms.unknownCustomer, stranger)
      found(
        ReconciliationFinding(stripeCustomer: stranger, differences: [], failure: "no account has this customer"))
    }
    _ = try module.database.execute(
      """
      UPDATE billing.drifts SET repaired_at = now()
      WHERE kind = \(Alarms.unknownCustomer) AND repaired_at IS NULL AND detail = ANY(\(customers.map(\.id)))
        AND NOT detail = ANY(\(strangers))
      """)
  }

  private func noteLasting(_ kind: String, _ customer: String) throws {
    let begun = try module.database.execute(
      """
      INSERT INTO billing.drifts (kind, detail) VALUES (\(kind), \(customer))
      ON CONFLICT (kind, coalesce(customer_id::text, detail)) WHERE repaired_at IS NULL DO NOTHING
      """)
    if begun == 1 { module.log(.drift(customer: nil, kind: kind, detail: customer)) }
  }
}
