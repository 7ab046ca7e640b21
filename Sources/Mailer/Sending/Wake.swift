import Database
import Jobs

/// A job that looks for mails to send, at a time.
enum Wake {
  /// The kind of these jobs.
  static let jobKind = "mailer.wake"

  case now
  /// One for each lane and second, so that many who ask make few.
  case at(Timestamp, MailLane)

  func enqueue(_ jobs: JobQueue, in transaction: Transaction) throws {
    var job = NewJob(
      kind: Self.jobKind, key: "\(Self.jobKind):now", keyUntilTaken: true, priority: MailLane.usual.rawValue,
      eraseWhenDone: true)
    if case .at(let moment, let lane) = self {
      job.key = "\(Self.jobKind):\(lane.rawValue):\(moment.microseconds / 1_000_000)"
      job.priority = lane.rawValue
      job.runAt = moment
    }
    try jobs.enqueue(job, in: transaction)
  }
}
