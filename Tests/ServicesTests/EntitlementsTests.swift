import HTTP
import Testing

@testable import Services

@Suite("A trial")
struct EntitlementsTests {
  private let trial = Entitlements(
    plan: Entitlements.trialPlan, status: .trialing, trialEndsAt: Instant(seconds: 1000), canWrite: true,
    endsAt: Instant(seconds: 1000),
    limits: .init(
      sites: 1, pages: 1, links: 1, versions: 1, domains: 0, members: 1, statisticsDays: 30, badge: true))

  @Test("allows everything until the very moment of its end")
  func before() {
    #expect(trial.allow(.write, at: Instant(seconds: 999)))
    #expect(trial.allow(.publish, at: Instant(seconds: 999)))
  }

  @Test("ends by itself")
  func after() {
    #expect(!trial.allow(.write, at: Instant(seconds: 1000)))
    #expect(!trial.allow(.publish, at: Instant(seconds: 1_000_000)))
    #expect(trial.at(Instant(seconds: 1000)).status == .trialEnded)
  }
}
