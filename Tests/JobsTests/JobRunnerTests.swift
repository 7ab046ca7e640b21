import Foundation
import Testing

@testable import Database
@testable import Jobs

private let shared = Result { try makeQueue() }

@Suite(.serialized) struct JobRunnerTests {
  struct Failure: Error {}
  let queue: JobQueue

  init() throws { queue = try empty(shared) }

  @Test func aJobStartsAtOnceWithItsPayload() throws {
    let seen = Record<String>()
    try running(queue, ["mail": { job, _ in seen.append(String(decoding: job.payload, as: UTF8.self)) }]) { _ throws in
      let start = ContinuousClock.now
      let id = try queue.put(NewJob(kind: "mail", payload: Array(#"{"to":"x"}"#.utf8)))
      #expect(eventually { seen.values == [#"{"to": "x"}"#] })
      #expect(ContinuousClock.now - start < .milliseconds(500))
      #expect(try eventually { try queue.state(id) == "completed" })
    }
  }

  @Test func twoRunnersDoEachJobOnce() throws {
    try queue.database.execute("CREATE TABLE effects (job bigint)")
    try queue.database.execute("INSERT INTO jobs.jobs (kind) SELECT 'count' FROM generate_series(1, 2000)")
    let count: JobHandler = { [queue] job, context in
      try queue.database.transaction { transaction in
        try transaction.execute("INSERT INTO effects VALUES (\(job.id))")
        try context.complete(in: transaction)
      }
    }
    try running(queue, ["count": count]) { _ throws in
      try running(JobQueue(database: queue.database), ["count": count]) { _ throws in
        #expect(
          try eventually {
            try queue.database.query("SELECT count(*) FROM jobs.jobs WHERE state <> 'completed'")[0].int(0) <= 1
          })
        #expect(try eventually { try queue.database.query("SELECT count(*) FROM effects")[0].int(0) == 2000 })
      }
    }
    let row = try queue.database.query(
      "SELECT count(*), count(DISTINCT job), max(attempts) FROM effects, jobs.jobs WHERE id = job")[0]
    #expect(try row.int(0) == 2000)
    #expect(try row.int(1) == 2000)
    #expect(try row.int(2) == 1)
  }

  @Test func aFailingJobIsTriedAgainLaterAndInTheEndDiscarded() throws {
    let log = EventLog()
    let id = try #require(try queue.put(NewJob(kind: "bad", maxAttempts: 3)))
    try running(queue, log: log, ["bad": { _, _ in throw Failure() }]) { runner throws in
      for attempt in 1...2 {
        #expect(eventually { pause(afterAttempt: attempt, in: log) != nil })
        let planned = try #require(pause(afterAttempt: attempt, in: log))
        #expect((0.75 * Double(attempt)...1.25 * Double(attempt)).contains(planned))
        try queue.database.execute("UPDATE jobs.jobs SET run_at = now() WHERE id = \(id)")
        runner.wake()
      }
      #expect(try eventually { try queue.state(id) == "discarded" })
    }
    #expect(try queue.statistics().discarded == 1)
    let seen = Record<Int>()
    try running(queue, ["bad": { job, _ in seen.append(job.attempt) }]) { _ throws in
      #expect(try queue.retry(id))
      #expect(try !queue.retry(id + 1000))
      #expect(try eventually { try queue.state(id) == "completed" })
    }
    #expect(seen.values == [1])
  }

  /// What the log says of the pause after that attempt, in seconds; nil while it says nothing.
  private func pause(afterAttempt number: Int, in log: EventLog) -> Double? {
    for case .failed(kind: "bad", id: _, attempt: number, error: "Failure()", let seconds) in log.events {
      return seconds
    }
    return nil
  }

  @Test func aHopelessJobIsDiscardedAtOnce() throws {
    let log = EventLog()
    let id = try queue.put(NewJob(kind: "bad"))
    try running(queue, log: log, ["bad": { _, _ in throw JobFailure.discard(reason: "no such address") }]) { _ throws in
      #expect(try eventually { try queue.state(id) == "discarded" })
      #expect(
        eventually {
          log.events.contains { if case .discarded(_, _, 1, "no such address") = $0 { true } else { false } }
        })
    }
  }

  @Test func aCrashedProcessesJobsComeBackAfterTheirLease() throws {
    let seen = Record<Int>()
    let log = EventLog()
    let expired = try queue.put(NewJob(kind: "a"))
    let held = try queue.put(NewJob(kind: "a"))
    let last = try queue.put(
      NewJob(kind: "a", payload: Array(#"{"secret":1}"#.utf8), maxAttempts: 1, eraseWhenDone: true))
    try queue.database.execute(
      """
      UPDATE jobs.jobs SET state = 'running', attempts = 1, locked_by = 'gone',
        locked_until = now() + CASE WHEN id = \(held) THEN 1 ELSE -1 END * interval '30 seconds'
      """)
    try running(queue, log: log, ["a": { job, _ in seen.append(job.attempt) }]) { _ throws in
      #expect(try eventually { try queue.state(expired) == "completed" })
    }
    #expect(seen.values == [2])
    #expect(try queue.state(held) == "running")
    #expect(try queue.state(last) == "discarded")
    #expect(try queue.database.query("SELECT payload FROM jobs.jobs WHERE id = \(last)")[0].string(0) == "{}")
  }

  @Test func whoeverLostTheLeaseChangesNothing() throws {
    let id = try #require(try queue.put(NewJob(kind: "a")))
    let store = JobStore(database: queue.database, leaseSeconds: 0, holder: "slow")
    let slow = try #require(try store.take(kinds: ["a"]))
    #expect(try eventually { try store.recover() == 1 })
    let quick = try #require(try store.take(kinds: ["a"]))
    let context = JobContext(job: slow, store: store) { false }
    #expect(throws: JobFailure.leaseLost) { try queue.database.transaction { try context.complete(in: $0) } }
    #expect(throws: JobFailure.leaseLost) { try context.extendLease() }
    #expect(try store.fail(slow, error: "late", delaySeconds: 0, discard: false) == nil)
    #expect(try !store.complete(slow))
    #expect(try queue.state(id) == "running")
    #expect(try store.complete(quick))
  }

  @Test func theFirstLaneOvertakesAllOthers() throws {
    try queue.database.execute(
      "INSERT INTO jobs.jobs (kind, run_at) SELECT 'bulk', now() - interval '1 hour' FROM generate_series(1, 10000)")
    let seen = Record<String>()
    let note: JobHandler = { job, _ in seen.append(job.kind) }
    try running(queue, workers: 1, ["bulk": note, "mail": note]) { _ throws in
      #expect(eventually { seen.values.count > 5 })
      let before = seen.values.count
      try queue.put(NewJob(kind: "mail", priority: 0))
      #expect(eventually { seen.values.contains("mail") })
      // The jobs that ran while the mail was put in, and the one that was running.
      let place = seen.values.firstIndex(of: "mail") ?? 10_000
      #expect(place - before < 200)
    }
  }

  @Test func aSecretJobLeavesNothing() throws {
    let seen = Record<Int>()
    try running(queue, ["mail": { job, _ in seen.append(job.id) }]) { _ throws in
      let id = try queue.put(NewJob(kind: "mail", payload: Array(#"{"code":"123456"}"#.utf8), eraseWhenDone: true))
      #expect(eventually { seen.values.count == 1 })
      #expect(try eventually { try queue.state(id) == nil })
    }
  }

  @Test func jobsOfOtherKindsAndTimesAreLeftAlone() throws {
    let seen = Record<String>()
    let other = try queue.put(NewJob(kind: "other"))
    let later = try queue.put(NewJob(kind: "mine", runAt: Timestamp.now.adding(seconds: 60)))
    try queue.put(NewJob(kind: "mine"))
    try running(queue, ["mine": { job, _ in seen.append(job.kind) }]) { _ throws in
      #expect(eventually { seen.values.count == 1 })
    }
    #expect(try queue.state(other) == "available")
    #expect(try queue.state(later) == "available")
  }

  @Test func aPeriodicJobRunsOncePerIntervalInAllProcesses() throws {
    let slots = Record<Int>()
    let tick = PeriodicJob(name: "tick", everySeconds: 1) { _, _ in
      slots.append(Int(Timestamp.now.microseconds / 1_000_000))
    }
    try running(queue, periodic: [tick], [:]) { _ throws in
      try running(JobQueue(database: queue.database), periodic: [tick], [:]) { _ throws in
        #expect(eventually { slots.values.count >= 2 })
      }
    }
    #expect(Set(slots.values).count == slots.values.count)
  }

  @Test func stoppingWaitsForWhatRuns() throws {
    let seen = Record<String>()
    let runner = JobRunner(
      queue: queue, workers: 1,
      handlers: [
        "slow": { _, context in
          seen.append("began")
          #expect(eventually { context.isStopping })
          seen.append("ended")
        }
      ], log: { _ in })
    runner.start()
    let id = try queue.put(NewJob(kind: "slow"))
    try queue.put(NewJob(kind: "slow"))
    #expect(eventually { seen.values == ["began"] })
    #expect(runner.stop(deadline: .after(milliseconds: 5000)))
    #expect(seen.values == ["began", "ended"])
    #expect(try queue.state(id) == "completed")
    #expect(try queue.statistics().available == 1)
  }
}
