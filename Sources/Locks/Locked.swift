package import Glibc

/// A value that one thread at a time may touch; for what many threads share on the way of a request.
///
/// Not `Synchronization.Mutex`: on Linux that is a priority-inheriting futex, which hands itself over in order of
/// arrival through the kernel. With more threads than cores each hand-over is a switch of threads: eight threads on
/// two cores, with 2 µs of work between look-ups, measured 38 µs a look-up, against 1.2 µs with this one.
///
/// `@unchecked Sendable`: `state` is touched only with the lock held. `@safe`: the lock lives as long as the object.
@safe package final class Locked<State>: @unchecked Sendable {
  @usableFromInline let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  @usableFromInline var state: State

  /// Takes the value over.
  package init(_ state: sending State) {
    self.state = state
    unsafe pthread_mutex_init(lock, nil)
  }

  deinit {
    unsafe pthread_mutex_destroy(lock)
    unsafe lock.deallocate()
  }

  /// Runs a body that has the value to itself. It must be short, and must not ask for the same lock.
  @inlinable package func withLock<Result, Failure: Error>(
    _ body: (inout State) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    return try body(&state)
  }
}
