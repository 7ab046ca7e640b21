package import Services

extension Mail {
  static let loginTemplate = "login"
  static let proofTemplate = "proof"
  static let invitationTemplate = "invitation"

  /// Mails that hold a secret: nothing of them stays once they are sent.
  static let secretTemplates = [loginTemplate, proofTemplate, invitationTemplate]
  /// Secrets that are void after minutes: their mails are not sent late.
  static let codeTemplates = [loginTemplate, proofTemplate]

  /// The template's name; also a tag of the mail, so letters, digits and `_` only.
  package var template: String {
    switch self {
    case .login: Self.loginTemplate
    case .proof: Self.proofTemplate
    case .invitation: Self.invitationTemplate
    case .welcome: "welcome"
    case .newLogin: "new_login"
    case .addressChanged: "address_changed"
    case .trialEndsSoon: "trial_ends_soon"
    case .trialEnded: "trial_ended"
    case .paymentFailed: "payment_failed"
    case .actionNeeded: "action_needed"
    case .receipt: "receipt"
    case .subscriptionEnded: "subscription_ended"
    case .planChanged: "plan_changed"
    case .domainVerified: "domain_verified"
    case .domainBroken: "domain_broken"
    case .certificateProblem: "certificate_problem"
    case .pageChanged: "page_changed"
    case .publishingFailed: "publishing_failed"
    case .linkBroken: "link_broken"
    case .message: "message"
    case .messages: "messages"
    case .exportReady: "export_ready"
    case .deletionScheduled: "deletion_scheduled"
    case .deletionAnnounced: "deletion_announced"
    }
  }
}
