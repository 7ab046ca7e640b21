import HTTP
import Services
import Testing

@testable import Customer

@Suite("What follows from a look at a domain")
struct DomainDecisionTests {
  private static let now = Instant(seconds: 1_800_000_000)
  private static let unknown = DomainFinding.unknown(.timeout)

  private func decide(
    _ state: DomainState, _ proof: DomainFinding, _ address: DomainFinding, rivals: DomainDecision.Rivals = .none,
    negatives: Int = 0, failingSince: Instant? = nil, attempts: Int = 0, expiresAt: Instant? = nil,
    lastNegative: Instant? = nil
  ) -> DomainDecision {
    let row = DomainRow(
      state: state, negatives: negatives, failingSince: failingSince, attempts: attempts, expiresAt: expiresAt)
    let findings = DomainFindings(proof: proof, address: address, seen: DomainSeen(), tokens: [])
    return DomainDecision(row, findings, rivals, lastNegative: lastNegative, at: Self.now)
  }

  @Test("Both must be there, and nobody else's proof", arguments: [DomainState.pending, .paused])
  func verified(_ state: DomainState) {
    #expect(decide(state, .yes, .yes).event == .verified)
    #expect(decide(state, .yes, .yes, rivals: .gone).event == .verified)
    for rivals in [DomainDecision.Rivals.proved, .unknown] {
      let decision = decide(state, .yes, .yes, rivals: rivals)
      #expect(decision.state == state && decision.event == nil)
    }
    for finding in [DomainFinding.no(.missing), .no(.wrong), Self.unknown] {
      #expect(decide(state, finding, .yes).state == state)
      #expect(decide(state, .yes, finding).state == state)
    }
  }

  @Test("Could not ask takes nothing away", arguments: [DomainState.active, .failing])
  func unknown(_ state: DomainState) {
    let since = Instant(seconds: 1)
    for (proof, address) in [(Self.unknown, .yes), (.yes, Self.unknown), (Self.unknown, Self.unknown)] {
      let decision = decide(state, proof, address, negatives: 2, failingSince: since)
      #expect(decision.state == state && decision.negatives == 2 && decision.event == nil && !decision.isNegative)
    }
  }

  @Test("Three times no, with time between, is failing; and paused after three days")
  func negatives() {
    let no = DomainFinding.no(.missing)
    #expect(decide(.active, no, .yes, negatives: 1).state == .active)
    #expect(decide(.active, no, .yes, negatives: 1).negatives == 2)
    #expect(decide(.active, no, .yes, negatives: 2).event == .failing)
    #expect(decide(.active, .yes, no, negatives: 2).failingSince == Self.now)
    let soon = Self.now.adding(seconds: -60)
    #expect(decide(.active, no, .yes, negatives: 2, lastNegative: soon).state == .active)
    let early = Self.now.adding(seconds: -DomainRow.failingSeconds + 1)
    #expect(decide(.failing, no, .yes, negatives: 3, failingSince: early).state == .failing)
    let due = Self.now.adding(seconds: -DomainRow.failingSeconds)
    #expect(decide(.failing, no, .yes, negatives: 3, failingSince: due).event == .paused)
    #expect(decide(.failing, .yes, .yes, negatives: 3, failingSince: due).event == .recovered)
  }

  @Test("A new domain is looked at less and less often, and not for ever")
  func pending() {
    let pauses = (0..<12).map { decide(.pending, .no(.missing), .yes, attempts: $0).pause }
    #expect(pauses == pauses.sorted() && pauses[0] == 30 && pauses[11] == 3600)
    #expect(decide(.pending, .no(.missing), .yes, expiresAt: Self.now).state == .expired)
    #expect(decide(.pending, Self.unknown, .yes, expiresAt: Self.now).state == .expired)
    #expect(decide(.pending, .yes, .yes, expiresAt: Self.now).state == .active)
  }
}

extension DomainRow {
  /// One of which nothing else matters.
  fileprivate init(state: DomainState, negatives: Int, failingSince: Instant?, attempts: Int, expiresAt: Instant?) {
    self.init(
      id: .new(), customer: .new(), site: nil, lastSite: nil, host: "shop.de", registrable: "shop.de", wwwOf: nil,
      token: "t", apexToken: nil, label: "d", state: state, isPausedByPlan: false, isPrimary: false, isLive: false,
      hasConflict: false, attempts: attempts, negatives: negatives, seen: DomainSeen(), verifiedAt: nil, checkedAt: nil,
      nextCheckAt: Instant(seconds: 0), expiresAt: expiresAt, failingSince: failingSince,
      createdAt: Instant(seconds: 0))
  }
}
