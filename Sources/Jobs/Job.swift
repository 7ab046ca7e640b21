package import Database

/// A job as its handler gets it.
package struct Job: Sendable {
  package let id: Int
  package let kind: String
  package let key: String?
  /// JSON, as UTF-8.
  package let payload: [UInt8]
  /// 1 at the first try.
  package let attempt: Int
  package let maxAttempts: Int
  package let createdAt: Timestamp
  let eraseWhenDone: Bool
}

/// Does a job's work, on a thread of the runner. It may be called again for the same job, so its effects outside the
/// database must bear that (`Job.id` is a good idempotency key). Its return completes the job, its error has it tried
/// again later; `JobFailure` says more.
package typealias JobHandler = @Sendable (Job, JobContext) throws -> Void

/// What a handler throws to say how to go on; any other error means `retry` after the usual pause.
package enum JobFailure: Error, Equatable, Sendable {
  /// Trying again is of no use.
  case discard(reason: String)
  /// To be tried again after so many seconds.
  case retry(reason: String, afterSeconds: Double)
  /// Another runner has the job: nothing of this run may be kept.
  case leaseLost
}
