import Database
import HTTP
import Services

/// What follows from a change of state: a comparison of before and after, without effects.
struct Consequences {
  /// News older than this are none: Stripe repeats its events for three days, and what comes later was told before a
  /// backup was played back, or belongs to an account that was taken over.
  static let newsSeconds = 3.0 * 86_400

  let before: AccountState
  let after: AccountState
  /// Invoices that are paid and were not, when last fetched.
  let newlyPaid: [StripeInvoice]
  let now: Timestamp

  /// Whether plan or status are others: it makes a numbered change.
  var isChange: Bool {
    before.subscription != after.subscription || before.status != after.status || before.plan != after.plan
      || before.price != after.price
  }

  /// Whether what the customer may do may be another.
  var changesEntitlements: Bool {
    isChange || before.pastDueSince != after.pastDueSince || before.cancelAt != after.cancelAt
      || before.endedAt != after.endedAt
  }

  /// The mails that no longer hold.
  var cancelledMatters: [String] {
    guard let invoice = before.owedInvoice else { return [] }
    let isOwed = after.owedInvoice == invoice
    var matters: [String] = []
    if !isOwed || after.obstacle != .failed { matters.append(Mail.paymentFailedMatter(invoice)) }
    if !isOwed || after.obstacle != .actionNeeded { matters.append(Mail.actionNeededMatter(invoice)) }
    return matters
  }

  /// The mails that are due.
  ///
  /// - Parameters:
  ///   - change: the number of this change.
  ///   - dashboard: where the dashboard is.
  ///   - planName: a plan's name in the language of the mails.
  func mails(
    customer: CustomerID, change: Int64, dashboard: String, planName: (String?) -> String, invoices: [StripeInvoice]
  ) -> [Mail] {
    let billing = "\(dashboard)/billing"
    var mails: [Mail] = []
    for invoice in newlyPaid.sorted(by: { ($0.created, $0.id) < ($1.created, $1.id) }) {
      guard invoice.paid > 0, isNews(invoice.paidAt ?? invoice.created) else { continue }
      mails.append(
        .receipt(
          invoice: invoice.id, number: invoice.number, amount: Money(amount: invoice.paid, currency: invoice.currency),
          plan: planName(after.plan ?? before.plan), billing: billing))
    }
    if let mail = paymentMail(invoices, billing) { mails.append(mail) }
    if hasEnded, let subscription = after.subscription {
      mails.append(.subscriptionEnded(subscription: subscription, plan: planName(after.plan), plans: billing))
    }
    if let from = before.plan, let to = after.plan, from != to, before.status?.hasBegun == true,
      after.status?.hasBegun == true
    {
      mails.append(
        .planChanged(
          customer: customer, change: change, from: planName(from), to: planName(to), billing: billing))
    }
    return mails
  }

  /// Nobody is written to about a first payment: who makes it sits before the checkout's page.
  private func paymentMail(_ invoices: [StripeInvoice], _ billing: String) -> Mail? {
    guard after.status?.hasBegun == true, let obstacle = after.obstacle,
      let invoice = invoices.first(where: { $0.id == after.owedInvoice })
    else { return nil }
    let wasTold = before.owedInvoice == invoice.id && before.obstacle == obstacle && before.status?.hasBegun == true
    if wasTold { return nil }
    let amount = Money(amount: invoice.remaining, currency: invoice.currency)
    switch obstacle {
    case .failed:
      return .paymentFailed(
        invoice: invoice.id, amount: amount, nextAttempt: invoice.nextAttempt.map { Instant(seconds: $0) },
        billing: billing)
    case .actionNeeded: return .actionNeeded(invoice: invoice.id, amount: amount, billing: billing)
    }
  }

  private var hasEnded: Bool {
    guard after.status == .canceled, let endedAt = after.endedAt else { return false }
    let wasOver = before.subscription == after.subscription && before.status == .canceled
    return !wasOver && isNews(endedAt.microseconds / 1_000_000)
  }

  private func isNews(_ seconds: Int64) -> Bool {
    Timestamp(microseconds: seconds * 1_000_000) > now.adding(seconds: -Self.newsSeconds)
  }
}
