internal import Glibc

/// State behind a lock that threads can wait on (Hoare's monitor), by the monotonic clock.
@safe package final class Monitor<State>: @unchecked Sendable {
  // Safe to share: `state` is touched only while `mutex` is held, and the two C objects keep their addresses from
  // init to deinit.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var state: State

  package init(_ state: State) {
    self.state = state
    unsafe mutex = .allocate(capacity: 1)
    unsafe condition = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe condition.initialize(to: pthread_cond_t())
    unsafe pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    unsafe pthread_condattr_init(&attributes)
    unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    unsafe pthread_cond_init(condition, &attributes)
    unsafe pthread_condattr_destroy(&attributes)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Runs `body` under the lock; it must not block.
  package func withLock<Result, Failure>(_ body: (inout State) throws(Failure) -> Result) throws(Failure) -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return try body(&state)
  }

  /// Runs `body` under the lock, now and after each signal, until it returns a value or `deadline` has passed (nil).
  package func wait<Result, Failure>(
    until deadline: Deadline, _ body: (inout State) throws(Failure) -> Result?
  ) throws(Failure) -> Result? {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    var moment = deadline.timespec
    while true {
      if let result = try body(&state) { return result }
      if unsafe pthread_cond_timedwait(condition, mutex, &moment) == ETIMEDOUT { return try body(&state) }
    }
  }

  /// Lets one waiting thread look at the state again.
  package func signal() { unsafe pthread_cond_signal(condition) }

  /// Lets every waiting thread look at the state again.
  package func broadcast() { unsafe pthread_cond_broadcast(condition) }
}
