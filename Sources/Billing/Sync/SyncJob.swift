import Database
import HTTP
import Jobs

extension BillingModule {
  /// The kind of the jobs that fetch.
  package static let syncJobKind = "billing.sync"
  /// At most one fetch of a customer waits; over rows with `stripe_customer`.
  static let syncJobKey: SQL = "'stripe:' || stripe_customer"
  static let syncJobPayload: SQL = "jsonb_build_object('stripe', stripe_customer)"

  /// After so many failures in a row, about a day, the customer's events are given up; sooner when Stripe says that
  /// what it was asked for is not there.
  private static let failureLimit = 30
  private static let permanentFailureLimit = 3

  /// Fetches the customer that a job names.
  ///
  /// A failure does not go back to the queue as such: it becomes a new job, so that the customer's key stays taken, at
  /// most one fetch waits however many events arrive, and the next event makes it due at once.
  func synchronize(for job: Job, _ context: JobContext) throws {
    let payload = try JSONParser.parse(job.payload)
    guard let stripeCustomer = payload["stripe"]?.stringValue else {
      throw JobFailure.discard(reason: "the payload names no customer")
    }
    let failures = Int(payload["failures"]?.integerValue ?? 0)
    do {
      switch try synchronize(.stripe(stripeCustomer), for: .change) {
      case .done, .superseded: break
      case .busy:
        try succeed(job, context, stripeCustomer, failures: failures, afterSeconds: Double.random(in: 0.2...0.5))
      case .unknown: try park(stripeCustomer)
      }
    } catch let failure as StripeError {
      try retry(job, context, stripeCustomer, failures: failures + 1, failure)
    }
  }

  private func retry(
    _ job: Job, _ context: JobContext, _ stripeCustomer: String, failures: Int, _ failure: StripeError
  ) throws {
    let reason = String("\(failure)".prefix(500))
    if failures >= (failure.isFinal ? Self.permanentFailureLimit : Self.failureLimit) {
      try giveUp(context, stripeCustomer, reason)
      return
    }
    let pause = min(Double(1 << min(failures - 1, 12)), 3600) * Double.random(in: 0.75...1.25)
    try succeed(job, context, stripeCustomer, failures: failures, afterSeconds: pause)
    log(.syncFailed(stripeCustomer: stripeCustomer, error: reason, againInSeconds: pause))
  }

  /// Completes the job and leaves the rest to another one, in one transaction.
  private func succeed(
    _ job: Job, _ context: JobContext, _ stripeCustomer: String, failures: Int, afterSeconds: Double
  ) throws {
    let payload: JSON = ["stripe": .string(stripeCustomer), "failures": .integer(Int64(failures))]
    try database.transaction { transaction in
      try context.complete(in: transaction)
      try jobs.enqueue(
        NewJob(
          kind: job.kind, key: "stripe:\(stripeCustomer)", keyUntilTaken: true, payload: payload.bytes,
          runAt: Timestamp.now.adding(seconds: afterSeconds)),
        in: transaction)
    }
  }

  private func giveUp(_ context: JobContext, _ stripeCustomer: String, _ reason: String) throws {
    let count = try database.transaction { transaction in
      try context.complete(in: transaction)
      return try transaction.execute(
        """
        UPDATE billing.events SET state = 'dead', reason = \(reason), processed_at = now()
        WHERE stripe_customer = \(stripeCustomer) AND state = 'received'
        """)
    }
    log(.eventsDead(stripeCustomer: stripeCustomer, count: count, reason: reason))
  }

  /// No account has the customer, or has it any more.
  private func park(_ stripeCustomer: String) throws {
    _ = try database.execute(
      """
      UPDATE billing.events SET state = 'parked', reason = 'unknown_customer'
      WHERE stripe_customer = \(stripeCustomer) AND state = 'received'
        AND NOT EXISTS (SELECT FROM billing.accounts WHERE stripe_customer = \(stripeCustomer))
      """)
  }
}
