package import HTTP

/// What a customer may do, by the plan that is paid for.
package struct Entitlements: Sendable, Equatable {
  /// The plan's name in the API.
  package var plan: String
  package var status: Status
  /// When the trial ends or has ended.
  package var trialEndsAt: Instant?
  package var limits: Limits

  package enum Status: String, Sendable {
    case trialing
    case trialEnded = "trial_ended"
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

    package init(sites: Int, pages: Int, links: Int, versions: Int) {
      self.sites = sites
      self.pages = pages
      self.links = links
      self.versions = versions
    }
  }

  package init(plan: String, status: Status, trialEndsAt: Instant?, limits: Limits) {
    self.plan = plan
    self.status = status
    self.trialEndsAt = trialEndsAt
    self.limits = limits
  }

  /// The same entitlements at a later moment: a trial ends by itself, without an event.
  package func at(_ now: Instant) -> Entitlements {
    guard status == .trialing, let trialEndsAt, now >= trialEndsAt else { return self }
    var ended = self
    ended.status = .trialEnded
    return ended
  }

  /// Whether the product may be used now.
  package func allow(_ product: Product, at now: Instant) -> Bool {
    switch product {
    case .write, .publish: at(now).status == .trialing
    }
  }

  /// What Core's guard asks for.
  package enum Product: String, Sendable {
    case write, publish
  }
}
