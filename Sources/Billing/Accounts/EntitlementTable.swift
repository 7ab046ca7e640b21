import HTTP
import Services

/// The one table from the state of an account to what it allows.
///
/// | status | limits | writing |
/// | --- | --- | --- |
/// | none, incomplete, incomplete_expired | the trial's | until the trial ends; never before the checkout when that asks for a card |
/// | trialing, active | the plan's | yes |
/// | past_due | the plan's | until the grace period ends |
/// | unpaid, paused, canceled | the plan's, so that nothing is paused or lost; the trial's while that runs | only while the trial still runs |
///
/// A price that stands in no plan allows what the cheapest plan does, and never more.
struct EntitlementTable: Sendable {
  let plans: Plans
  let graceDays: Int

  /// What the table looks at.
  struct State: Sendable, Equatable {
    var status: SubscriptionStatus?
    /// Stripe's id of the price that is paid.
    var price: String?
    var trialEndsAt: Instant
    /// Since when a payment is owed.
    var pastDueSince: Instant?
  }

  /// The entitlements; ``Entitlements/at(_:)`` ends what ends by itself.
  ///
  /// - Parameter now: whether a trial still runs when the subscription is over.
  func entitlements(_ state: State, at now: Instant = .now) -> Entitlements {
    switch state.status {
    case nil, .incompleteExpired: return trial(state, .trialing)
    case .incomplete: return trial(state, .incomplete)
    case .trialing: return subscribed(state, .trialing, until: nil)
    case .active: return subscribed(state, .active, until: nil)
    case .pastDue: return pastDue(state, at: now)
    case .unpaid: return ended(state, .unpaid, plan: plan(state).id, at: now)
    case .paused: return ended(state, .paused, plan: plan(state).id, at: now)
    case .canceled: return ended(state, .canceled, plan: Entitlements.noPlan, at: now)
    }
  }

  /// What an account that does not exist allows: a missing row must never mean an endless trial.
  var nothing: Entitlements {
    Entitlements(
      plan: Entitlements.noPlan, status: .trialEnded, trialEndsAt: nil, canWrite: false, endsAt: nil,
      limits: plans.trial)
  }

  /// When writing ends because of a payment that is owed; nil when since when is not known.
  func graceEnd(_ state: State) -> Instant? {
    state.pastDueSince.map { $0.adding(seconds: Int64(graceDays) * 86_400) }
  }

  private func plan(_ state: State) -> Plan {
    state.price.flatMap { plans.plan(priced: $0)?.plan } ?? plans.cheapest
  }

  private func trial(_ state: State, _ status: Entitlements.Status) -> Entitlements {
    if plans.trialNeedsCard {
      return Entitlements(
        plan: Entitlements.noPlan, status: .incomplete, trialEndsAt: nil, canWrite: false, endsAt: nil,
        limits: plans.trial)
    }
    return Entitlements(
      plan: Entitlements.trialPlan, status: status, trialEndsAt: state.trialEndsAt, canWrite: true,
      endsAt: state.trialEndsAt, limits: plans.trial)
  }

  private func subscribed(_ state: State, _ status: Entitlements.Status, until end: Instant?) -> Entitlements {
    let plan = plan(state)
    return Entitlements(
      plan: plan.id, status: status, trialEndsAt: nil, canWrite: true, endsAt: end, limits: plan.limits)
  }

  private func pastDue(_ state: State, at now: Instant) -> Entitlements {
    // Without a begin there is no grace: a missing value must never mean an endless one.
    guard let end = graceEnd(state) else { return ended(state, .pastDue, plan: plan(state).id, at: now) }
    return subscribed(state, .pastDue, until: end)
  }

  private func ended(
    _ state: State, _ status: Entitlements.Status, plan id: String, at now: Instant
  ) -> Entitlements {
    let hasTrial = !plans.trialNeedsCard
    // Who still may write in the trial has the trial's limits: a plan that is over, perhaps never paid, gives none.
    let isInTrial = hasTrial && now < state.trialEndsAt
    return Entitlements(
      plan: id, status: status, trialEndsAt: hasTrial ? state.trialEndsAt : nil, canWrite: hasTrial,
      endsAt: hasTrial ? state.trialEndsAt : nil, limits: isInTrial ? plans.trial : plan(state).limits)
  }
}
