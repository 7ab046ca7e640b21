import Services

/// The order in which mails leave; also the priority of the jobs that send them.
package enum MailLane: Int, Sendable, CaseIterable {
  /// Somebody sits and waits for it.
  case login = 0
  /// Somebody should read it soon: it is about security, or asks for something.
  case prompt = 1
  case usual = 2
}

extension Mail {
  var lane: MailLane {
    switch self {
    case .login, .proof: .login
    case .newLogin, .invitation, .addressChanged, .paymentFailed, .actionNeeded, .publishingFailed, .exportReady,
      .deletionScheduled, .deletionAnnounced:
      .prompt
    case .welcome, .trialEndsSoon, .trialEnded, .receipt, .subscriptionEnded, .planChanged, .domainVerified,
      .domainBroken, .certificateProblem, .pageChanged, .linkBroken, .message, .messages:
      .usual
    }
  }
}
