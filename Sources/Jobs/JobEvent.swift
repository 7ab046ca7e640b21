/// What the runner tells the log.
package enum JobEvent: Sendable {
  case completed(kind: String, id: Int, attempt: Int, milliseconds: Int)
  /// To be tried again after `delaySeconds`.
  case failed(kind: String, id: Int, attempt: Int, error: String, delaySeconds: Double)
  case discarded(kind: String, id: Int, attempt: Int, error: String)
  /// A run took longer than its lease, and another runner has the job.
  case leaseLost(kind: String, id: Int)
  /// Jobs of crashed processes were put back.
  case recovered(count: Int)
  /// The queue itself could not be used; told once until it can be again.
  case queueFailed(error: String)
}
