import Glibc

/// Keeps SIGPIPE away. libcurl sends with MSG_NOSIGNAL, but not everything that writes for it does; and the process's
/// own disposition is not a library's to change.
enum BrokenPipe {
  /// Runs a body in which writing to a broken connection fails, and does not end the process.
  static func withoutSignal<Result>(_ body: () -> Result) -> Result {
    var pipe = sigset_t()
    var pending = sigset_t()
    var before = sigset_t()
    unsafe sigemptyset(&pipe)
    unsafe sigaddset(&pipe, SIGPIPE)
    unsafe sigpending(&pending)
    let isPending = unsafe sigismember(&pending, SIGPIPE) == 1
    unsafe pthread_sigmask(SIG_BLOCK, &pipe, &before)
    defer {
      // One that came from here must not be delivered when the mask falls.
      var noWait = timespec()
      if !isPending { while unsafe sigtimedwait(&pipe, nil, &noWait) == -1 && errno == EINTR {} }
      unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
    }
    return body()
  }
}
