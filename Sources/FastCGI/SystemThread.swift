internal import CFastCGI
import Glibc

/// A POSIX thread that receives no signals: libfcgi does not repeat a read or write that a signal interrupted.
struct SystemThread {
  private let handle: pthread_t

  /// Starts `body` in a thread of that name (15 bytes at most).
  init(_ name: String, _ body: @escaping @Sendable () -> Void) throws(ServerError) {
    var all = sigset_t()
    var before = sigset_t()
    unsafe sigfillset(&all)
    // A thread inherits the mask of the one that creates it, so no signal can slip in before the body runs.
    unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    let start = unsafe Unmanaged.passRetained(
      Start {
        unsafe fastcgi_name_thread(name)
        body()
      })
    var thread = pthread_t()
    let code = unsafe pthread_create(
      &thread, nil,
      { argument in
        // Balances passRetained above; the argument is never nil as it was given there.
        let start = unsafe Unmanaged<Start>.fromOpaque(argument!).takeRetainedValue()
        start.body()
        return nil
      }, start.toOpaque())
    guard code == 0 else {
      unsafe start.release()
      throw .system(call: "pthread_create", code: code)
    }
    handle = thread
  }

  /// Waits until the thread has ended; to be called once.
  func join() {
    pthread_join(handle, nil)
  }

  private final class Start: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
