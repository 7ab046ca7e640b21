import Foundation
import Testing

@testable import Database
@testable import Jobs

private let shared = Result { try makeQueue() }

@Suite(.serialized) struct JobQueueTests {
  struct Failure: Error {}
  let queue: JobQueue

  init() throws { queue = try empty(shared) }

  private func count() throws -> Int { try queue.database.query("SELECT count(*) FROM jobs.jobs")[0].int(0) }

  @Test func aJobGoesWithItsTransaction() throws {
    #expect(throws: Failure.self) {
      try queue.database.transaction { transaction in
        try queue.enqueue(NewJob(kind: "a"), in: transaction)
        throw Failure()
      }
    }
    #expect(try count() == 0)
    try queue.put(NewJob(kind: "a"))
    #expect(try count() == 1)
  }

  @Test func oneUnfinishedJobHasAKey() throws {
    let first = try #require(try queue.put(NewJob(kind: "a", key: "k")))
    #expect(try queue.put(NewJob(kind: "a", key: "k")) == nil)
    #expect(try queue.put(NewJob(kind: "a", key: "other")) != nil)
    #expect(try queue.put(NewJob(kind: "a")) != nil)
    #expect(try queue.put(NewJob(kind: "a")) != nil)
    try queue.database.execute(
      "UPDATE jobs.jobs SET state = 'completed', finished_at = now() WHERE id = \(first)")
    #expect(try queue.put(NewJob(kind: "a", key: "k")) != nil)
  }

  @Test func aPayloadThatIsNoJSONIsRefused() throws {
    #expect(throws: DatabaseError.self) { try queue.put(NewJob(kind: "a", payload: Array("{".utf8))) }
  }

  @Test func statisticsTellWhatWaitsAndForHowLong() throws {
    try queue.put(NewJob(kind: "a", runAt: Timestamp.now.adding(seconds: -90)))
    try queue.put(NewJob(kind: "a"))
    try queue.put(NewJob(kind: "a", runAt: Timestamp.now.adding(seconds: 90)))
    let statistics = try queue.statistics()
    #expect(statistics.available == 2)
    #expect(statistics.scheduled == 1)
    #expect(statistics.running == 0)
    #expect(statistics.discarded == 0)
    #expect((89...120).contains(statistics.oldestSeconds))
  }

  @Test func oldFinishedJobsAreSweptAndOthersStay() throws {
    try queue.database.execute(
      """
      INSERT INTO jobs.jobs (kind, state, finished_at)
      SELECT 'old', 'completed'::jobs.state, now() - interval '8 days' FROM generate_series(1, 2500)
      UNION ALL SELECT 'new', 'completed', now() - interval '6 days'
      UNION ALL SELECT 'dead', 'discarded', now() - interval '8 days'
      UNION ALL SELECT 'long dead', 'discarded', now() - interval '71 days'
      """)
    try queue.put(NewJob(kind: "waiting"))
    #expect(try queue.sweep(completedDays: 7, discardedDays: 70) == 2501)
    let kinds = try queue.database.query("SELECT array_agg(kind ORDER BY kind) FROM jobs.jobs")[0].strings(0)
    #expect(kinds == ["dead", "new", "waiting"])
  }
}
