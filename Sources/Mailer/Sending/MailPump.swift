import Database
import Glibc
import Jobs
import Locks

/// Sends mails, one a job. A job sends the next mail of all, not "its" one, so lanes hold whatever the jobs' order;
/// and when the gate is closed one job waits for it in place of all others. So ten thousand waiting mails are as many
/// rows, not as many jobs that come back again and again.
struct MailPump: Sendable {
  let jobs: JobQueue
  let transport: MailTransport
  let counters: MailCounters
  let log: @Sendable (MailEvent) -> Void
  /// Guards whether a thread of this process sleeps until the gate opens: one is enough.
  private let isSleeping = Locked(false)

  /// A shorter pause is slept through: a job of its own would begin up to a second late.
  private static let longestSleepSeconds = 1.5
  /// So many jobs at once give way to the one that waits.
  private static let withdrawnAtOnce = 2000

  init(
    jobs: JobQueue, transport: MailTransport, counters: MailCounters, log: @escaping @Sendable (MailEvent) -> Void
  ) {
    self.jobs = jobs
    self.transport = transport
    self.counters = counters
    self.log = log
  }

  /// Sends the next mail, if one may leave now or very soon.
  /// - Parameter goesOn: whether another job takes the mail after this one.
  func run(_ context: JobContext, goesOn: Bool) throws {
    while !context.isStopping {
      switch try take(goesOn: goesOn) {
      case .mail(let mail, _):
        try send(mail)
        return
      case .idle: return
      case .closed(let until, let seconds, let lane):
        try leaveToOne(at: until, lane)
        if !sleep(seconds, context) { return }
      }
    }
  }

  private func take(goesOn: Bool) throws -> MailTaking.Result {
    try jobs.database.transaction { transaction in
      let result = try MailTaking(transaction: transaction, counters: counters).next()
      switch result {
      case .mail(_, isMoreWaiting: true) where goesOn: try Wake.now.enqueue(jobs, in: transaction)
      case .idle(let until?, let lane): try Wake.at(until, lane).enqueue(jobs, in: transaction)
      default: break
      }
      return result
    }
  }

  /// Has one job begin when the gate opens, and all that wait now give way to it: each of their mails is in sight.
  private func leaveToOne(at moment: Timestamp, _ lane: MailLane) throws {
    try jobs.database.transaction { transaction in
      try Wake.at(moment, lane).enqueue(jobs, in: transaction)
      try jobs.withdraw(kind: Outbox.jobKind, limit: Self.withdrawnAtOnce, in: transaction)
    }
  }

  private func send(_ mail: TakenMail) throws {
    let answer = transport.deliver(mail)
    let gates = try jobs.database.transaction { transaction in
      // The mail before the gate: whoever holds the mail, to cancel it, must not hold up all others.
      let dueAt = try MailFinishing(transaction: transaction).record(answer.outcome, of: mail)
      var (gate, now) = try Gate.lock(in: transaction)
      let before = gate
      if let pace = answer.pace { gate.note(pace, at: now) }
      gate.note(answer.outcome, of: mail.id, takenAt: mail.takenAt, at: now)
      if gate != before { try gate.store(in: transaction) }
      try wake(after: before, gate, dueAt, mail.lane, now, in: transaction)
      return (before: before, after: gate)
    }
    tell(answer.outcome, of: mail, gates.before, gates.after)
  }

  /// Whoever waits for the gate or for another try is looked after when the time comes.
  private func wake(
    after before: Gate, _ gate: Gate, _ dueAt: Timestamp?, _ lane: MailLane, _ now: Timestamp,
    in transaction: Transaction
  ) throws {
    if gate.openAt > now {
      try Wake.at(gate.openAt, lane).enqueue(jobs, in: transaction)
    } else if gate.openAt != before.openAt {
      try Wake.now.enqueue(jobs, in: transaction)
    }
    // Of its own: when the gate opens, others may be due and this mail not yet.
    if let dueAt, dueAt > gate.openAt { try Wake.at(dueAt, lane).enqueue(jobs, in: transaction) }
  }

  private func tell(_ outcome: Outcome, of mail: TakenMail, _ before: Gate, _ after: Gate) {
    let (template, id) = (mail.template, mail.idempotencyKey)
    switch outcome {
    case .accepted: counters.count(.sent)
    case .permanent(let reason):
      counters.count(.failed)
      log(.failed(template: template, mail: id, reason: Self.withoutMessage(reason)))
    case .unknown(let reason):
      counters.count(.unknown)
      log(.unknown(template: template, mail: id, reason: Self.withoutMessage(reason)))
    case .retry(let retry):
      counters.count(.retried)
      if !after.isProbing {
        log(.retried(template: template, mail: id, reason: Self.withoutMessage(retry.reason)))
      } else if !before.isProbing {
        log(.paused(reason: Self.withoutMessage(retry.reason)))
      }
    case .halt(let halt):
      counters.count(.retried)
      if before.halted == nil { log(.halted(reason: Self.withoutMessage(halt.reason))) }
    }
    if before.isProbing, !after.isProbing { log(.resumed) }
  }

  /// What the transport says of one mail may name its address.
  private static func withoutMessage(_ reason: String) -> String { String(reason.prefix { $0 != ":" }) }

  /// False when the pause is too long, or another thread sleeps already.
  private func sleep(_ seconds: Double, _ context: JobContext) -> Bool {
    guard seconds <= Self.longestSleepSeconds else { return false }
    let isFirst = isSleeping.withLock { isSleeping in
      defer { isSleeping = true }
      return !isSleeping
    }
    guard isFirst else { return false }
    defer { isSleeping.withLock { $0 = false } }
    let end = Deadline.after(milliseconds: Int(max(seconds, 0.005) * 1000))
    while end.remainingMilliseconds > 0, !context.isStopping {
      usleep(UInt32(min(end.remainingMilliseconds, 50)) * 1000)
    }
    return true
  }
}
