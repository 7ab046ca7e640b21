import Database
import FoundationEssentials

/// When the next mail may leave, for all processes together. Pacing follows what the transport tells; an outage and a
/// halt are states of the transport, not of each mail, so ten thousand waiting mails do not each find them out.
struct Gate: Equatable, Sendable {
  /// Nothing leaves before. While halted or failing, one may try then.
  var openAt: Timestamp
  /// Requests in a window, as last told; nil: never told.
  var limit: Int?
  /// Requests left in the window that ends at `windowEndsAt`, less those that have not been answered.
  var remaining = 0
  var windowSeconds = 1
  var windowEndsAt: Timestamp?
  /// Failures of the transport in a row, of different mails.
  var failures = 0
  var failedMail: UUID?
  var halted: Halted?

  struct Halted: Equatable, Sendable {
    let reason: String
    let since: Timestamp
  }

  enum Admission: Equatable {
    case now
    case later(Timestamp)
  }

  /// So many mails in a row must fail before the others wait too.
  private static let failuresBeforePause = 3
  private static let longestPauseSeconds = 10.0
  /// How often a halt is probed with one mail.
  static let probeSeconds = 60.0
  static let quotaProbeSeconds = 3600.0
  /// From so many requests a window on, one is kept for login mails, so that these never wait for others.
  private static let reservingLimit = 4

  /// Whether mails leave one by one, to find out whether they can again.
  var isProbing: Bool { halted != nil || failures >= Self.failuresBeforePause }

  /// Whether a mail of that lane may leave now.
  func admission(lane: MailLane, at now: Timestamp) -> Admission {
    if now < openAt { return .later(openAt) }
    guard let limit, let windowEndsAt, now < windowEndsAt else { return .now }
    let reserved = lane != .login && limit >= Self.reservingLimit ? 1 : 0
    return remaining > reserved ? .now : .later(windowEndsAt)
  }

  /// Counts a request that is about to leave.
  mutating func take(at now: Timestamp) {
    // A probe goes alone: the next may follow when it is answered, or its process has crashed.
    if isProbing { openAt = now.adding(seconds: MailTaking.leaseSeconds) }
    guard let limit else { return }
    if windowEndsAt.map({ $0 <= now }) ?? true {
      windowEndsAt = now.adding(seconds: Double(windowSeconds))
      remaining = limit
    }
    remaining -= 1
  }

  /// Learns the pace from an answer.
  mutating func note(_ pace: Pace, at now: Timestamp) {
    let end = now.adding(seconds: Double(pace.resetSeconds))
    if let windowEndsAt, now < windowEndsAt {
      // The same window: requests on their way are not in the answer, and its seconds are rounded up.
      remaining = min(remaining, pace.remaining)
      self.windowEndsAt = min(windowEndsAt, end)
    } else {
      remaining = pace.remaining
      windowEndsAt = end
    }
    windowSeconds = limit == pace.limit ? max(windowSeconds, pace.resetSeconds) : pace.resetSeconds
    limit = pace.limit
  }

  /// Learns from what became of a mail.
  /// - Parameter takenAt: what left before a halt proves nothing about it.
  mutating func note(_ outcome: Outcome, of mail: UUID, takenAt: Timestamp, at now: Timestamp) {
    let isProof = halted.map { takenAt >= $0.since } ?? true
    switch outcome {
    case .accepted, .permanent, .unknown: if isProof { reopen(at: now) }
    case .halt(let halt):
      halted = Halted(reason: halt.reason, since: halted?.since ?? now)
      let probe = now.adding(seconds: halt.until == nil ? Self.probeSeconds : Self.quotaProbeSeconds)
      openAt = min(probe, halt.until ?? probe)
    case .retry(let retry):
      switch retry.cause {
      case .mail:
        // The transport has answered, so it works.
        guard isProof else { break }
        if !retry.isUnsent { reopen(at: now) } else if isProbing { openAt = now }
      case .rate(let seconds):
        guard isProof else { break }
        reopen(at: now)
        remaining = 0
        openAt = now.adding(seconds: seconds ?? 1)
      case .transport: fail(mail, at: now)
      }
    }
  }

  private mutating func fail(_ mail: UUID, at now: Timestamp) {
    // One mail that always fails has a pause of its own; it must not hold up the others.
    if failedMail != mail { failures += 1 }
    failedMail = mail
    guard isProbing else { return }
    let doublings = min(max(failures - Self.failuresBeforePause, 0), 4)
    openAt = now.adding(seconds: min(Double(1 << doublings), Self.longestPauseSeconds))
  }

  private mutating func reopen(at now: Timestamp) {
    if isProbing { openAt = now }
    halted = nil
    failures = 0
    failedMail = nil
  }
}
