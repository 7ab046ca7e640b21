import Glibc

/// The thread that writes out what a ``Log`` has gathered.
///
/// Started from a file of its own, so that its closure inherits no actor from a program's top level.
enum FlushThread {
  private static let intervalMicroseconds: UInt32 = 50_000

  /// The thread lives as long as the process: a log is made once, at the start.
  static func start(_ log: Log) {
    var thread = pthread_t()
    let context = unsafe Unmanaged.passRetained(log).toOpaque()
    // Safe: the log is retained for ever by this one thread, and Log is Sendable.
    unsafe pthread_create(
      &thread, nil,
      { context in
        guard let context = unsafe context else { return nil }
        let log = unsafe Unmanaged<Log>.fromOpaque(context).takeUnretainedValue()
        while true {
          usleep(FlushThread.intervalMicroseconds)
          log.flush()
        }
      }, context)
    pthread_detach(thread)
  }
}
