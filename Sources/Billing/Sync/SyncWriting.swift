import Database
import FoundationEssentials
import HTTP
import Jobs
import Services

/// The one transaction that stores what a fetch brought: state, invoices, mails, entitlements and the inbox are
/// committed together or not at all.
struct SyncWriting {
  let module: BillingModule
  let lease: SyncLease
  let snapshot: StripeSnapshot
  let cause: SyncCause

  func run() throws -> SyncOutcome {
    try module.database.transaction { transaction in
      guard let stored = try lock(in: transaction) else { return .superseded }
      let state = AccountState(snapshot) { module.plans.plan(priced: $0)?.plan.id }
      let invoices = try StoredInvoices(lease.customer).store(snapshot.invoices, in: transaction)
      let consequences = Consequences(
        before: stored.state, after: state, newlyPaid: invoices.newlyPaid, now: stored.now)
      try write(state, isChanged: consequences.isChange, in: transaction)
      if consequences.isChange, hasBegun(stored.state) {
        try module.noteTrialBegan(of: lease.customer, in: transaction)
      }
      if let contact = stored.contact {
        try send(consequences, to: contact, change: stored.changes + 1, in: transaction)
      }
      if consequences.changesEntitlements { try tellCustomer(in: transaction) }
      try settleEvents(in: transaction)

      var differences = state.differences(from: stored.state)
      if invoices.isChanged { differences.append("invoices") }
      if snapshot.isDeleted { differences.append("customer_deleted") }
      try Alarms(module: module, lease: lease, snapshot: snapshot, state: state)
        .note(differences: cause == .reconciliation ? differences : [], in: transaction)
      return .done(differences: differences)
    }
  }

  /// The account as it stands, its row locked; nil when the lease has passed to another fetch.
  private func lock(in transaction: Transaction) throws -> StoredAccount? {
    let rows = try transaction.query(
      """
      SELECT \(AccountState.columns), email, language, changes, now() AS now
      FROM billing.accounts
      WHERE customer_id = \(lease.customer.uuid) AND sync_number = \(lease.number)
        AND stripe_customer = \(lease.stripeCustomer)
      FOR UPDATE
      """)
    return try rows.first.map { try StoredAccount($0) }
  }

  /// Whether there is or was a subscription that could be used.
  private func hasBegun(_ before: AccountState) -> Bool {
    before.status?.hasEverBegun == true || snapshot.subscriptions.contains { $0.status.hasEverBegun }
  }

  /// A deleted customer is let go: one can subscribe again, as a new one.
  private func write(_ state: AccountState, isChanged: Bool, in transaction: Transaction) throws {
    _ = try transaction.execute(
      """
      UPDATE billing.accounts
      SET subscription = \(state.subscription), subscription_item = \(state.item), status = \(state.status?.rawValue),
        plan = \(state.plan), price = \(state.price), period = \(state.period), amount = \(state.amount),
        currency = \(state.currency), period_ends_at = \(state.periodEndsAt), cancel_at = \(state.cancelAt),
        ended_at = \(state.endedAt), past_due_since = \(state.pastDueSince), problem = \(state.obstacle?.rawValue),
        problem_invoice = \(state.owedInvoice), changes = changes + \(isChanged ? 1 : 0), synced_at = now(),
        checked_at = now(), sync_until = NULL,
        stripe_customer = CASE WHEN \(snapshot.isDeleted) THEN NULL ELSE stripe_customer END
      WHERE customer_id = \(lease.customer.uuid)
      """)
    if state.status?.hasBegun == true {
      _ = try transaction.execute(
        """
        UPDATE billing.checkouts SET state = 'completed'
        WHERE customer_id = \(lease.customer.uuid) AND state IN ('reserved', 'open')
        """)
    }
  }

  private func send(
    _ consequences: Consequences, to contact: (email: EmailAddress, language: Language), change: Int64,
    in transaction: Transaction
  ) throws {
    for matter in consequences.cancelledMatters { try module.mailer.cancel(matter: matter, in: transaction) }
    let mails = consequences.mails(
      customer: lease.customer, change: change, dashboard: module.settings.dashboard,
      planName: { id in id.flatMap { module.plans.plan($0)?.name(contact.language) ?? $0 } ?? "SmartPages" },
      invoices: snapshot.invoices)
    for mail in mails {
      try module.mailer.enqueue(mail, to: contact.email, language: contact.language, in: transaction)
    }
  }

  private func tellCustomer(in transaction: Transaction) throws {
    let customer = lease.customer.text
    try module.jobs.enqueue(
      NewJob(
        kind: EntitlementsChanged.jobKind, key: "entitlements:\(customer)", keyUntilTaken: true,
        payload: JSON.object([.init("customer", .string(customer))]).bytes),
      in: transaction)
  }

  /// What had arrived before the fetch began is in what it brought.
  private func settleEvents(in transaction: Transaction) throws {
    _ = try transaction.execute(
      """
      UPDATE billing.events SET state = 'processed', reason = NULL, processed_at = now()
      WHERE stripe_customer = \(lease.stripeCustomer) AND state = 'received' AND received_at <= \(lease.takenAt)
      """)
  }
}

/// An account before the fetch is written.
struct StoredAccount {
  let state: AccountState
  let contact: (email: EmailAddress, language: Language)?
  /// How many changes there were.
  let changes: Int64
  /// The database's clock.
  let now: Timestamp

  init(_ row: Row) throws {
    state = try AccountState(row)
    let language = try row.optionalString("language").flatMap { Language(rawValue: $0) } ?? .english
    contact = try row.optionalString("email").flatMap { EmailAddress($0) }.map { ($0, language) }
    changes = Int64(try row.int("changes"))
    now = try row.timestamp("now")
  }
}
