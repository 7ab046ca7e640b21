import Glibc

/// A bounded stack of handles, each with the connection that it keeps.
///
/// `@unchecked Sendable`: `lock` guards `idle` and `open`; the pthread objects live as long as the pool.
@safe final class HandlePool: @unchecked Sendable {
  private let limit: Int
  private let idleMilliseconds: Int
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let freed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// Those used last at the end.
  private var idle: [CurlHandle] = []
  /// Lent and idle ones together.
  private var open = 0

  init(limit: Int, idleMilliseconds: Int) {
    self.limit = limit
    self.idleMilliseconds = idleMilliseconds
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

  /// Lends a handle, if possible one with a connection to that origin; give it back by `release`.
  func acquire(for origin: String, until deadline: Deadline) throws(HTTPClientError) -> CurlHandle {
    if let handle = try takeIdleOrReserve(for: origin, until: deadline) { return handle }
    do throws(HTTPClientError) {
      return try CurlHandle()
    } catch {
      forget()
      throw error
    }
  }

  /// Takes a handle back, and closes those that have been idle for too long.
  func release(_ handle: CurlHandle) {
    handle.lastUse = .now
    let stale = takeStale(adding: handle)
    unsafe pthread_cond_signal(freed)
    // Their connections close here, outside the lock, with the last reference.
    _ = consume stale
  }

  private func takeStale(adding handle: CurlHandle) -> [CurlHandle] {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    idle.append(handle)
    let oldest = Deadline.after(milliseconds: -idleMilliseconds)
    let stale = Array(idle.prefix { $0.lastUse < oldest })
    idle.removeFirst(stale.count)
    open -= stale.count
    return stale
  }

  private func forget() {
    unsafe pthread_mutex_lock(lock)
    open -= 1
    unsafe pthread_mutex_unlock(lock)
    unsafe pthread_cond_signal(freed)
  }

  /// An idle handle, or nil for the right to make one.
  private func takeIdleOrReserve(for origin: String, until deadline: Deadline) throws(HTTPClientError) -> CurlHandle? {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    var moment = deadline.timespec
    while true {
      // The one used last, so that few connections stay warm when the load is low.
      if let index = idle.lastIndex(where: { $0.origin == origin }) { return idle.remove(at: index) }
      if open < limit {
        open += 1
        return nil
      }
      // The one unused for longest gives its connection up.
      if !idle.isEmpty { return idle.removeFirst() }
      if unsafe pthread_cond_timedwait(freed, lock, &moment) == ETIMEDOUT { throw .busy }
    }
  }
}
