import HTTP

/// What follows from a look at a domain. Pure: the same findings, the same decision.
struct DomainDecision: Equatable {
  /// What others have to do with the host.
  enum Rivals {
    case none
    /// Somebody else is served under it, or was until lately, and has nothing left to prove it by.
    case gone
    /// Their proof still stands there.
    case proved
    /// It could not be found out whether it does.
    case unknown
  }

  enum Event: Equatable {
    case verified, recovered, failing, paused
  }

  var state: DomainState
  var attempts: Int
  var negatives: Int
  var failingSince: Instant?
  var conflict: Bool
  var event: Event?
  /// Seconds until the next look.
  var pause: Int64
  /// Whether a "no" was counted.
  var isNegative = false

  /// How many looks must find it gone before anything is said.
  static let negativesLimit = 3
  /// A "no" within this time of the one before is the same one: somebody asked twice.
  static let negativeGap: Int64 = 1800

  init(_ row: DomainRow, _ findings: DomainFindings, _ rivals: Rivals, lastNegative: Instant?, at now: Instant) {
    state = row.state
    attempts = row.attempts + 1
    negatives = row.negatives
    failingSince = row.failingSince
    conflict = row.hasConflict
    pause = DomainPauses.pending(after: attempts)
    switch (findings.proof, findings.address) {
    case (.yes, .yes): found(row, rivals)
    case (.no, _), (_, .no): missed(row, rivals, lastNegative, now)
    default: if row.state != .pending { pause = DomainPauses.again }
    }
    if state == .pending, let end = row.expiresAt, now >= end { state = .expired }
  }

  private mutating func found(_ row: DomainRow, _ rivals: Rivals) {
    if row.state.isOwned {
      (state, negatives, failingSince, conflict) = (.active, 0, nil, false)
      event = row.state == .failing ? .recovered : nil
      pause = DomainPauses.watch()
      return
    }
    switch rivals {
    case .none, .gone:
      (state, negatives, failingSince, conflict) = (.active, 0, nil, false)
      event = .verified
      pause = DomainPauses.watch()
    case .proved:
      conflict = true
      if row.state != .pending { pause = DomainPauses.again }
    case .unknown: if row.state != .pending { pause = DomainPauses.again }
    }
  }

  private mutating func missed(_ row: DomainRow, _ rivals: Rivals, _ lastNegative: Instant?, _ now: Instant) {
    switch row.state {
    case .pending, .expired: conflict = rivals != .none
    case .paused: pause = DomainPauses.watch()
    case .active, .failing:
      pause = DomainPauses.again
      if lastNegative.map({ $0.adding(seconds: Self.negativeGap) <= now }) ?? true {
        isNegative = true
        negatives += 1
      }
      if row.state == .active, negatives >= Self.negativesLimit {
        (state, failingSince, event) = (.failing, now, .failing)
      } else if row.state == .failing, let since = failingSince,
        since.adding(seconds: DomainRow.failingSeconds) <= now
      {
        (state, failingSince, negatives, event) = (.paused, nil, 0, .paused)
        pause = DomainPauses.watch()
      }
    }
  }
}
