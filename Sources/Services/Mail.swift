package import HTTP

/// A matter to write about. Links lead to our own hosts only.
package enum Mail: Sendable, Equatable {
  /// The link and the code to log in with; erased once sent.
  case login(link: String, code: String, minutes: Int)
  /// The first login of a new customer.
  case welcome(user: UserID, dashboard: String, trialDays: Int)
  /// Somebody logged in from a browser that was not seen before; `session` is the matter.
  case newLogin(session: String, at: Instant, browser: String, sessions: String)
  /// The code by which a person who is logged in proves the address once more; erased once sent.
  case proof(code: String, minutes: Int)
  /// Somebody is asked to join a customer; erased once sent.
  case invitation(invitation: String, customer: String, inviter: String, role: Role, link: String, days: Int)
  /// To the old address and to the new one.
  case addressChanged(change: String, old: String, new: String, isToOld: Bool, dashboard: String)

  case trialEndsSoon(customer: CustomerID, endsAt: Instant, plans: String)
  case trialEnded(customer: CustomerID, plans: String)
  case paymentFailed(invoice: String, amount: Money, nextAttempt: Instant?, billing: String)
  /// The bank asks for a confirmation (3-D Secure).
  case actionNeeded(invoice: String, amount: Money, billing: String)
  case receipt(invoice: String, number: String?, amount: Money, plan: String, billing: String)
  case subscriptionEnded(subscription: String, plan: String, plans: String)
  /// `change` numbers the changes of the account.
  case planChanged(customer: CustomerID, change: Int64, from: String, to: String, billing: String)

  case domainVerified(domain: String, host: String, dashboard: String)
  /// `since` tells one outage from the next.
  case domainBroken(domain: String, host: String, since: Instant, dashboard: String)
  case certificateProblem(domain: String, host: String, since: Instant, dashboard: String)

  /// Somebody else has published; one mail for each owner.
  case pageChanged(
    site: SiteID, version: Int64, recipient: UserID, title: String, by: String, note: String, dashboard: String)
  /// `reason`: a sentence in the reader's language.
  case publishingFailed(site: SiteID, planned: Instant, title: String, reason: String, dashboard: String)
  /// Targets of a site's links that cannot be reached any more; `links` name them, `at` tells one mail from the next.
  case linkBroken(site: SiteID, name: String, links: [String], at: Instant, dashboard: String)
  /// A visitor wrote by a form; whoever answers this mail writes to the visitor.
  case message(
    message: String, owner: UserID, site: String, name: String, sender: EmailAddress, text: String, dashboard: String)
  /// So many visitors wrote that they are told of in one mail; `last` is the newest of their messages.
  case messages(last: String, owner: UserID, site: String, count: Int, dashboard: String)

  case exportReady(export: String, expiresAt: Instant, download: String)
  case deletionScheduled(customer: CustomerID, at: Instant, dashboard: String)
  /// To those who work for a customer that somebody else has ended.
  case deletionAnnounced(customer: CustomerID, at: Instant, recipient: UserID, name: String, by: String)
}

extension Mail {
  /// What the mail is about, when there must be one only.
  package var matter: String? {
    switch self {
    case .login, .proof: nil
    case .welcome(let user, _, _): "welcome:\(user.text)"
    case .newLogin(let session, _, _, _): "new_login:\(session)"
    case .invitation(let invitation, _, _, _, _, _): Self.invitationMatter(invitation)
    case .addressChanged(let change, _, _, let isToOld, _): "address_changed:\(change):\(isToOld ? "old" : "new")"
    case .trialEndsSoon(let customer, let endsAt, _): "trial_ends_soon:\(customer.text):\(endsAt.microseconds)"
    case .trialEnded(let customer, _): "trial_ended:\(customer.text)"
    case .paymentFailed(let invoice, _, _, _): Self.paymentFailedMatter(invoice)
    case .actionNeeded(let invoice, _, _): Self.actionNeededMatter(invoice)
    case .receipt(let invoice, _, _, _, _): "receipt:\(invoice)"
    case .subscriptionEnded(let subscription, _, _): "subscription_ended:\(subscription)"
    case .planChanged(let customer, let change, _, _, _): "plan_changed:\(customer.text):\(change)"
    case .domainVerified(let domain, _, _): "domain_verified:\(domain)"
    case .domainBroken(let domain, _, let since, _): "domain_broken:\(domain):\(since.microseconds)"
    case .certificateProblem(let domain, _, let since, _): "certificate_problem:\(domain):\(since.microseconds)"
    case .pageChanged(let site, let version, let recipient, _, _, _, _):
      "page_changed:\(site.text):\(version):\(recipient.text)"
    case .publishingFailed(let site, let planned, _, _, _): "publishing_failed:\(site.text):\(planned.microseconds)"
    case .linkBroken(let site, _, _, let at, _): "link_broken:\(site.text):\(at.microseconds)"
    case .message(let message, let owner, _, _, _, _, _): "message:\(message):\(owner.text)"
    case .messages(let last, let owner, _, _, _): "messages:\(last):\(owner.text)"
    case .exportReady(let export, _, _): "export_ready:\(export)"
    case .deletionScheduled(let customer, let at, _): Self.deletionMatter(customer, at)
    case .deletionAnnounced(let customer, let at, let recipient, _, _):
      Self.announcementMatter(customer, at, recipient)
    }
  }

  /// Whom an answer goes to, when it is not us.
  package var replyTo: EmailAddress? {
    if case .message(_, _, _, _, let sender, _, _) = self { sender } else { nil }
  }

  /// The matter of ``deletionScheduled``, to be cancelled when it is called off.
  package static func deletionMatter(_ customer: CustomerID, _ moment: Instant) -> String {
    "deletion_scheduled:\(customer.text):\(moment.microseconds)"
  }

  /// The matter of ``deletionAnnounced``, to be cancelled when it is called off.
  package static func announcementMatter(_ customer: CustomerID, _ moment: Instant, _ recipient: UserID) -> String {
    "deletion_announced:\(customer.text):\(moment.microseconds):\(recipient.text)"
  }

  /// The matter of ``invitation``, to be cancelled when it is withdrawn.
  package static func invitationMatter(_ invitation: String) -> String { "invitation:\(invitation)" }

  /// The matter of ``paymentFailed``, to be cancelled when the invoice is paid after all.
  package static func paymentFailedMatter(_ invoice: String) -> String { "payment_failed:\(invoice)" }

  /// The matter of ``actionNeeded``, to be cancelled when the invoice is paid after all.
  package static func actionNeededMatter(_ invoice: String) -> String { "action_needed:\(invoice)" }
}
