import Database
import HTTP
package import Services

extension BillingModule {
  package func account(_ caller: Caller) throws -> [UInt8] {
    let rows = try database.query(
      """
      SELECT \(AccountRecord.columns), a.problem, i.remaining AS problem_amount, i.currency AS problem_currency,
        i.url AS problem_url, c.plan AS checkout_plan, c.period AS checkout_period, c.url AS checkout_url,
        c.expires_at AS checkout_expires_at
      FROM billing.accounts a
      LEFT JOIN billing.invoices i ON i.id = a.problem_invoice
      LEFT JOIN billing.checkouts c ON c.customer_id = a.customer_id AND c.state = 'open' AND c.expires_at > now()
      WHERE a.customer_id = \(caller.customer.uuid)
      """)
    guard let row = rows.first else { throw Problem(.notFound) }
    return try AccountAnswer(table: table, language: caller.language, role: caller.role).json(row, at: .now).bytes
  }
}

/// An account as the API shows it.
struct AccountAnswer {
  let table: EntitlementTable
  let language: Language
  /// Pages on which one can pay are the owner's.
  let role: Role

  func json(_ row: Row, at now: Instant) throws -> JSON {
    let account = try AccountRecord(row)
    let entitlements = table.entitlements(account.state).at(now)
    let isPlan = account.isSubscribed && account.state.status != .incomplete
    return [
      "plan": .string(entitlements.plan), "plan_name": .string(planName(entitlements.plan)),
      "status": .string(entitlements.status.rawValue),
      "interval": JSON(isPlan ? account.period?.rawValue : nil),
      "amount": isPlan ? Self.number(account.amount) : .null,
      "currency": JSON(isPlan ? account.currency : nil),
      "current_period_end": Self.time(isPlan ? account.periodEndsAt : nil),
      "cancel_at": Self.time(isPlan ? account.cancelAt : nil),
      "ended_at": Self.time(account.isSubscribed ? nil : account.endedAt),
      "trial_ends_at": Self.time(
        account.state.status == .trialing ? account.periodEndsAt : entitlements.trialEndsAt),
      "grace_ends_at": Self.time(account.state.status == .pastDue ? table.graceEnd(account.state) : nil),
      "payment_problem": try paymentProblem(row, account),
      "checkout": try checkout(row, account),
      "can_subscribe": .bool(!account.isSubscribed), "can_change": .bool(account.canChange),
      "can_cancel": .bool(account.canCancel), "can_resume": .bool(account.canResume),
      "can_manage": .bool(account.stripeCustomer != nil),
      "synced_at": Self.time(account.syncedAt),
    ]
  }

  private func planName(_ id: String) -> String {
    switch (id, language) {
    case (Entitlements.trialPlan, .german): "Probezeit"
    case (Entitlements.trialPlan, .english): "Trial"
    case (Entitlements.noPlan, .german): "Kein Tarif"
    case (Entitlements.noPlan, .english): "No plan"
    default: table.plans.plan(id)?.name(language) ?? id
    }
  }

  private func paymentProblem(_ row: Row, _ account: AccountRecord) throws -> JSON {
    guard let kind = try row.optionalString("problem") else { return .null }
    // The invoice is stored with the problem; should it be missing, the price is what is owed.
    let amount = try row.optionalInt("problem_amount").map { Int64($0) } ?? account.amount ?? 0
    let currency = try row.optionalString("problem_currency") ?? account.currency ?? table.plans.currency
    return [
      "kind": .string(kind), "amount": .integer(amount), "currency": .string(currency),
      "url": JSON(role == .owner ? try row.optionalString("problem_url") : nil),
    ]
  }

  private func checkout(_ row: Row, _ account: AccountRecord) throws -> JSON {
    guard role == .owner, !account.isSubscribed, let url = try row.optionalString("checkout_url") else { return .null }
    return [
      "plan": .string(try row.string("checkout_plan")), "interval": .string(try row.string("checkout_period")),
      "url": .string(url), "expires_at": Self.time(Instant(try row.timestamp("checkout_expires_at"))),
    ]
  }

  private static func time(_ instant: Instant?) -> JSON { JSON(instant?.rfc3339) }

  private static func number(_ value: Int64?) -> JSON { value.map { .integer($0) } ?? .null }
}
