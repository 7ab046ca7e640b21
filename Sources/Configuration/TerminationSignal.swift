import Glibc

/// SIGTERM and SIGINT as something to wait for, instead of a handler that may interrupt anything.
package struct TerminationSignal: ~Copyable {
  /// Blocks both signals in this thread and those started after it. To be called before any thread is started.
  package init() {
    var signals = Self.set()
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// Returns when one of them has come.
  package func wait() {
    var signals = Self.set()
    var received: Int32 = 0
    while unsafe sigwait(&signals, &received) != 0 {}
  }

  private static func set() -> sigset_t {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGTERM)
    unsafe sigaddset(&signals, SIGINT)
    return signals
  }
}
