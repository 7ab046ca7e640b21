package import HTTP

/// What a customer may do, by the plan that is paid for.
package struct Entitlements: Sendable, Equatable {
  /// The plan's name in the API; `trial` and `none` are no plans of the operator's.
  package var plan: String
  package var status: Status
  /// When the trial ends or has ended.
  package var trialEndsAt: Instant?
  /// Whether contents may be changed and published, until ``endsAt``.
  package var canWrite: Bool
  /// When writing ends by itself, without an event: the end of a trial, of a grace period.
  package var endsAt: Instant?
  package var limits: Limits

  /// The state of the trial or, once there is one, of the subscription
  /// (https://docs.stripe.com/api/subscriptions/object#subscription_object-status).
  package enum Status: String, Sendable, CaseIterable {
    case trialing
    case trialEnded = "trial_ended"
    case incomplete
    case active
    case pastDue = "past_due"
    case unpaid, paused, canceled
  }

  /// How many of each there may be.
  package struct Limits: Sendable, Equatable {
    package var sites: Int
    /// For each site.
    package var pages: Int
    /// For each site.
    package var links: Int
    /// Versions kept of each site.
    package var versions: Int
    /// Custom domains.
    package var domains: Int
    package var members: Int
    /// How long statistics are kept.
    package var statisticsDays: Int
    /// Whether published pages name SmartPages.
    package var badge: Bool

    package init(
      sites: Int, pages: Int, links: Int, versions: Int, domains: Int, members: Int, statisticsDays: Int, badge: Bool
    ) {
      self.sites = sites
      self.pages = pages
      self.links = links
      self.versions = versions
      self.domains = domains
      self.members = members
      self.statisticsDays = statisticsDays
      self.badge = badge
    }
  }

  package init(
    plan: String, status: Status, trialEndsAt: Instant?, canWrite: Bool, endsAt: Instant?, limits: Limits
  ) {
    self.plan = plan
    self.status = status
    self.trialEndsAt = trialEndsAt
    self.canWrite = canWrite
    self.endsAt = endsAt
    self.limits = limits
  }

  /// The same entitlements at a later moment: a trial and a grace period end by themselves, without an event.
  package func at(_ now: Instant) -> Entitlements {
    guard canWrite, let endsAt, now >= endsAt else { return self }
    var ended = self
    ended.canWrite = false
    if status == .trialing, plan == Self.trialPlan { ended.status = .trialEnded }
    return ended
  }

  /// The plan of who has not chosen one yet.
  package static let trialPlan = "trial"
  /// The plan of who has none.
  package static let noPlan = "none"

  /// Whether the product may be used now.
  package func allow(_ product: Product, at now: Instant) -> Bool {
    switch product {
    case .write, .publish: at(now).canWrite
    }
  }

  /// What Core's guard asks for.
  package enum Product: String, Sendable {
    case write, publish
  }
}
