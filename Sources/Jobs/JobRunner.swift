package import Database
internal import Glibc
import Synchronization

/// Takes jobs from the queue and runs them, on threads of its own. Any number of processes may run one: a job is held
/// by one of them at a time, under a lease that ends by itself when its holder crashes.
package final class JobRunner: Sendable {
  private let queue: JobQueue
  private let store: JobStore
  private let workers: Int
  private let handlers: [String: JobHandler]
  private let periodic: [PeriodicJob]
  private let log: @Sendable (JobEvent) -> Void
  private let state = Monitor(State())

  private struct State {
    var isStopping = false
    var threads = 0
    var hasFailed = false
  }

  /// - Parameters:
  ///   - workers: how many jobs run at once.
  ///   - handlers: by kind; jobs of other kinds are left to other processes.
  ///   - leaseSeconds: how long a handler may take before its job counts as lost (`JobContext.extendLease`).
  ///   - keepDays: how long completed jobs stay; discarded ones stay ten times as long.
  package init(
    queue: JobQueue, workers: Int, handlers: [String: JobHandler], periodic: [PeriodicJob] = [],
    leaseSeconds: Int = 60, keepDays: Int = 7, log: @escaping @Sendable (JobEvent) -> Void
  ) {
    self.queue = queue
    self.workers = workers
    self.log = log
    let sweep = PeriodicJob(name: "jobs.sweep", everySeconds: 3600) { _, _ in
      _ = try queue.sweep(completedDays: keepDays, discardedDays: keepDays * 10)
    }
    self.periodic = periodic + [sweep]
    self.handlers = handlers.merging(self.periodic.map { ($0.name, $0.handler) }) { _, periodic in periodic }
    store = JobStore(database: queue.database, leaseSeconds: leaseSeconds, holder: "process \(getpid())")
  }

  /// Starts the threads; returns at once.
  package func start() {
    state.withLock { $0.threads = workers + 1 }
    for _ in 0..<workers { WorkerThread.start { self.work() } }
    WorkerThread.start { self.maintain() }
  }

  /// Takes no more jobs, and waits for those that run.
  /// - Returns: false when some still run at the deadline; when the process ends, their leases bring them back.
  @discardableResult
  package func stop(deadline: Deadline) -> Bool {
    state.withLock { $0.isStopping = true }
    state.broadcast()
    queue.signal.wakeAll()
    return state.wait(until: deadline) { $0.threads == 0 ? true : nil } ?? false
  }

  /// Has a worker look for jobs now.
  package func wake() { queue.signal.wake() }

  private var isStopping: Bool { state.withLock { $0.isStopping } }

  private func work() {
    let kinds = handlers.keys.sorted()
    while !isStopping {
      if let job = attempt({ try store.take(kinds: kinds) }) ?? nil {
        run(job)
      } else {
        queue.signal.wait { isStopping }
      }
    }
    threadEnds()
  }

  private func run(_ job: Job) {
    let start = Timestamp.now
    let context = JobContext(job: job, store: store) { [self] in isStopping }
    do {
      guard let handler = handlers[job.kind] else { return }
      try handler(job, context)
    } catch {
      if !context.isCompleted { fail(job, error) }
      return
    }
    if !context.isCompleted, attempt({ try store.complete(job) }) != true {
      log(.leaseLost(kind: job.kind, id: job.id))
      return
    }
    let milliseconds = Int((Timestamp.now.microseconds - start.microseconds) / 1000)
    log(.completed(kind: job.kind, id: job.id, attempt: job.attempt, milliseconds: milliseconds))
  }

  private func fail(_ job: Job, _ error: any Error) {
    var delay = Backoff.seconds(attempt: job.attempt)
    var isHopeless = false
    var reason = String("\(error)".prefix(1000))
    switch error as? JobFailure {
    case .discard(let text): (reason, isHopeless) = (text, true)
    case .retry(let text, let seconds): (reason, delay) = (text, seconds)
    case .leaseLost:
      log(.leaseLost(kind: job.kind, id: job.id))
      return
    case nil: break
    }
    let outcome = attempt { try store.fail(job, error: reason, delaySeconds: delay, discard: isHopeless) }
    switch outcome {
    case true??: log(.discarded(kind: job.kind, id: job.id, attempt: job.attempt, error: reason))
    case false??:
      log(.failed(kind: job.kind, id: job.id, attempt: job.attempt, error: reason, delaySeconds: delay))
    default: log(.leaseLost(kind: job.kind, id: job.id))
    }
  }

  /// Once a second puts back the jobs of crashed processes, and every so often plans the periodic ones.
  private func maintain() {
    let shortest = periodic.map(\.everySeconds).min() ?? 15
    let planMilliseconds = min(max(shortest * 500, 1000), 15_000)
    var nextPlan = Deadline.now
    while !isStopping {
      if nextPlan <= .now, attempt({ () throws -> Void in for job in periodic { try store.plan(job) } }) != nil {
        nextPlan = .after(milliseconds: planMilliseconds)
      }
      if let count = attempt({ try store.recover() }), count > 0 {
        log(.recovered(count: count))
        queue.signal.wake()
      }
      _ = state.wait(until: .after(milliseconds: 1000)) { $0.isStopping ? true : nil }
    }
    threadEnds()
  }

  private func threadEnds() {
    state.withLock { $0.threads -= 1 }
    state.broadcast()
  }

  /// Uses the queue; nil when that failed, which is told once a change of state.
  private func attempt<Result>(_ body: () throws -> Result) -> Result? {
    do {
      let result = try body()
      state.withLock { $0.hasFailed = false }
      return result
    } catch {
      let isNews = state.withLock { state in
        defer { state.hasFailed = true }
        return !state.hasFailed
      }
      if isNews { log(.queueFailed(error: "\(error)")) }
      return nil
    }
  }
}
