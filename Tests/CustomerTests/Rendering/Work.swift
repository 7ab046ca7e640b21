import Glibc

/// The processor's time that some work takes, which other work on the machine does not lengthen much.
enum Work {
  /// The least of three runs on this thread.
  static func milliseconds(_ body: () -> Void) -> Double {
    let runs = (0..<3).map { _ in
      let start = threadMilliseconds()
      body()
      return threadMilliseconds() - start
    }
    return runs.min() ?? 0
  }

  /// A bound that holds for release builds; without optimisation the same work takes much longer.
  static func bound(_ milliseconds: Double) -> Double {
    #if DEBUG
      milliseconds * 25
    #else
      milliseconds
    #endif
  }

  private static func threadMilliseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
  }
}
