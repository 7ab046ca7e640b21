import HTTP
import Services

/// All mails in English.
enum EnglishMails {
  static func draft(_ mail: Mail) -> MailDraft {
    switch mail {
    case .login(let link, let code, let minutes): login(link, code, minutes)
    case .proof(let code, let minutes): proof(code, minutes)
    case .invitation(_, let customer, let inviter, let role, let link, let days):
      invitation(customer, inviter, role, link, days)
    case .welcome(_, let dashboard, let days): welcome(dashboard, days)
    case .newLogin(_, let moment, let browser, let sessions): newLogin(moment, browser, sessions)
    case .addressChanged(_, let old, let new, true, let dashboard): oldAddress(old, new, dashboard)
    case .addressChanged(_, let old, let new, false, let dashboard): newAddress(old, new, dashboard)
    case .message(_, _, let site, let name, let sender, let text, let dashboard):
      message(site, name, sender, text, dashboard)
    case .messages(_, _, let site, let count, let dashboard): messages(site, count, dashboard)
    case .exportReady(_, let expiry, let download): exportReady(expiry, download)
    case .deletionScheduled(_, let moment, let dashboard): deletionScheduled(moment, dashboard)
    case .deletionAnnounced(_, let moment, _, let name, let by): deletionAnnounced(moment, name, by)

    case .pageChanged(_, _, _, let title, let by, let note, let dashboard): pageChanged(title, by, note, dashboard)
    case .publishingFailed(_, let planned, let title, let reason, let dashboard):
      publishingFailed(planned, title, reason, dashboard)

    case .trialEndsSoon(_, let end, let plans): trialEndsSoon(end, plans)
    case .trialEnded(_, let plans): trialEnded(plans)
    case .paymentFailed(_, let amount, let next, let billing): paymentFailed(amount, next, billing)
    case .actionNeeded(_, let amount, let billing): actionNeeded(amount, billing)
    case .receipt(_, let number, let amount, let plan, let billing): receipt(number, amount, plan, billing)
    case .subscriptionEnded(_, let plan, let plans): subscriptionEnded(plan, plans)
    case .planChanged(_, _, let from, let to, let billing): planChanged(from, to, billing)

    case .domainVerified(_, let host, let dashboard): domainVerified(host, dashboard)
    case .domainBroken(_, let host, let since, let dashboard): domainBroken(host, since, dashboard)
    case .certificateProblem(_, let host, let since, let dashboard): certificateProblem(host, since, dashboard)
    case .linkBroken(_, let site, let links, _, let dashboard): linkBroken(site, links, dashboard)
    }
  }

  static func date(_ moment: Instant) -> String { MailDates.text(moment, .english) }
  static func name(_ text: String) -> String { MailText.name(text) }

  /// Why somebody gets this mail.
  private static let footer = MailPart.small("SmartPages writes to you because this concerns your account.")

  /// A mail with its greeting and its end.
  static func letter(_ subject: String, _ parts: MailPart...) -> MailDraft {
    letter(subject, parts)
  }

  /// A mail with its greeting and its end.
  static func letter(_ subject: String, _ parts: [MailPart]) -> MailDraft {
    MailDraft(subject: subject, parts: [.paragraph("Hello,")] + parts + [footer])
  }
}
