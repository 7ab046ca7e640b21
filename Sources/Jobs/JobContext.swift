package import Database

/// What a handler can do with its job while it runs; used on the handler's thread only.
package final class JobContext {
  private let job: Job
  private let store: JobStore
  private let stopping: () -> Bool
  private(set) var isCompleted = false

  init(job: Job, store: JobStore, stopping: @escaping () -> Bool) {
    self.job = job
    self.store = store
    self.stopping = stopping
  }

  /// Whether the process is about to end: a long handler may throw and be run again later.
  package var isStopping: Bool { stopping() }

  /// Completes the job in the transaction of its effect, so that both are there or neither.
  /// - Throws: `JobFailure.leaseLost` when another runner has the job; let it roll the transaction back.
  package func complete(in transaction: Transaction) throws {
    guard try transaction.execute(JobStore.completion(of: job)) == 1 else { throw JobFailure.leaseLost }
    transaction.afterCommit { self.isCompleted = true }
  }

  /// Gives the handler the whole time of the lease again, from now.
  package func extendLease() throws {
    guard try store.extendLease(job) else { throw JobFailure.leaseLost }
  }
}
