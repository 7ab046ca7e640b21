import Glibc

/// A bounded stack of connections: the one used last is lent first, so that few stay warm when the load is low.
///
/// `@unchecked Sendable`: `lock` guards `idle` and `open`; the pthread objects live as long as the pool.
@safe final class ConnectionPool: @unchecked Sendable {
  enum Refusal: Error {
    case busy
    case failed(ConnectionFailure)
  }

  private let configuration: KVConfiguration
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let freed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var idle: [Connection] = []
  /// Lent and idle ones together.
  private var open = 0

  init(_ configuration: KVConfiguration) {
    self.configuration = configuration
    unsafe pthread_mutex_init(lock, nil)
    var attributes = pthread_condattr_t()
    unsafe pthread_condattr_init(&attributes)
    unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    unsafe pthread_cond_init(freed, &attributes)
    unsafe pthread_condattr_destroy(&attributes)
  }

  deinit {
    unsafe pthread_cond_destroy(freed)
    unsafe pthread_mutex_destroy(lock)
    unsafe freed.deallocate()
    unsafe lock.deallocate()
  }

  /// The number of connections: all, and those lying idle.
  var counts: (open: Int, idle: Int) {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    return (open, idle.count)
  }

  /// Lends a connection, opening one if there is room; waits for one no longer than the configuration says.
  func acquire() throws(Refusal) -> Connection {
    if let connection = try takeIdleOrReserve() { return connection }
    do throws(ConnectionFailure) {
      return try Connection(configuration)
    } catch {
      forget()
      throw .failed(error)
    }
  }

  func release(_ connection: Connection) {
    unsafe pthread_mutex_lock(lock)
    idle.append(connection)
    unsafe pthread_mutex_unlock(lock)
    unsafe pthread_cond_signal(freed)
  }

  /// Counts a broken connection out; it closes when its last user lets go of it.
  func forget() {
    unsafe pthread_mutex_lock(lock)
    open -= 1
    unsafe pthread_mutex_unlock(lock)
    unsafe pthread_cond_signal(freed)
  }

  /// Closes all idle connections: when one was found broken, the others most likely are too.
  func dropIdle() {
    unsafe pthread_mutex_lock(lock)
    let dropped = idle
    idle = []
    open -= dropped.count
    unsafe pthread_mutex_unlock(lock)
    unsafe pthread_cond_broadcast(freed)
  }

  /// An idle connection, or nil for the right to open one.
  private func takeIdleOrReserve() throws(Refusal) -> Connection? {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    var deadline: timespec?
    while true {
      if let connection = idle.popLast() { return connection }
      if open < configuration.poolSize {
        open += 1
        return nil
      }
      var until = deadline ?? Self.time(inMs: configuration.poolWaitMs)
      deadline = until
      if unsafe pthread_cond_timedwait(freed, lock, &until) == ETIMEDOUT { throw .busy }
    }
  }

  private static func time(inMs wait: Int) -> timespec {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    let nanoseconds = time.tv_nsec + wait % 1000 * 1_000_000
    return timespec(
      tv_sec: time.tv_sec + wait / 1000 + nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
  }
}
