import Database
import HTTP
import Services

/// What is to be done next on the way to a page where one can pay.
enum CheckoutStep {
  /// The page is there.
  case ready(url: String, expiresAt: Instant)
  /// It is to be asked whether the open session still is one.
  case verify(CheckoutRecord)
  /// The session is to be created, or its creation repeated, as nobody knows how the first try ended.
  case send(CheckoutRecord)
  /// The session's creation lies too far back to be repeated: it is to be looked for.
  case find(CheckoutRecord)
  /// The open session is for something else, or about to expire.
  case close(CheckoutRecord)

  /// How long a session must still last to be given out.
  static let usableSeconds: Int64 = 600
  /// How long a session is given out again without asking whether it still is open: a doubled click is no question.
  static let freshSeconds: Int64 = 60
  /// How long a creation may be repeated with the same body: its `expires_at` must stay acceptable to Stripe, which
  /// wants half an hour at least.
  static let repeatSeconds: Int64 = 600

  /// The step for a checkout that was begun.
  init(_ record: CheckoutRecord, _ choice: CheckoutChoice, at now: Instant) {
    guard record.session != nil, let url = record.url, let expiresAt = record.expiresAt else {
      let isOld = record.sentAt.map { $0.adding(seconds: Self.repeatSeconds) < now } ?? false
      self = isOld ? .find(record) : .send(record)
      return
    }
    if !record.isFor(choice) || expiresAt < now.adding(seconds: Self.usableSeconds) {
      self = .close(record)
    } else if let sentAt = record.sentAt, now < sentAt.adding(seconds: Self.freshSeconds) {
      self = .ready(url: url, expiresAt: expiresAt)
    } else {
      self = .verify(record)
    }
  }
}

extension BillingModule {
  /// Decides the next step under the lock of the account, and reserves when nothing was begun: at most one checkout
  /// of a customer is not over.
  ///
  /// - Throws: ``Problem`` of 409 when there is a subscription.
  func nextStep(_ choice: CheckoutChoice, _ customer: CustomerID) throws -> CheckoutStep {
    try database.transaction { transaction in
      let account = try lockAccount(customer, transaction)
      guard !account.isSubscribed else { throw Problem(.alreadySubscribed) }
      let begun = try transaction.query(
        """
        SELECT \(CheckoutRecord.columns) FROM billing.checkouts
        WHERE customer_id = \(customer.uuid) AND state IN ('reserved', 'open')
        FOR UPDATE
        """)
      if let row = begun.first {
        let record = try CheckoutRecord(row)
        if record.sentAt != nil || record.isFor(choice) { return CheckoutStep(record, choice, at: .now) }
        // Never sent, and no more wanted: whoever prepares it finds it over before sending. The lock on its row keeps
        // that from beginning now.
        _ = try transaction.execute("UPDATE billing.checkouts SET state = 'expired' WHERE id = \(record.id)")
      }
      let reserved = try transaction.query(
        """
        INSERT INTO billing.checkouts (id, customer_id, plan, period, price, promotion_code)
        VALUES (
          \(Identifier<CheckoutRecord>.new().uuid), \(customer.uuid), \(choice.plan.id),
          \(choice.price.period.rawValue), \(choice.price.id), \(choice.promotionCode)
        )
        RETURNING \(CheckoutRecord.columns)
        """)
      return .send(try CheckoutRecord(reserved[0]))
    }
  }

  /// - Throws: ``Problem`` of 404 when there is no account.
  func lockAccount(_ customer: CustomerID, _ transaction: Transaction) throws -> AccountRecord {
    let rows = try transaction.query(
      "SELECT \(AccountRecord.columns) FROM billing.accounts a WHERE a.customer_id = \(customer.uuid) FOR UPDATE")
    guard let row = rows.first else { throw Problem(.notFound) }
    return try AccountRecord(row)
  }
}
