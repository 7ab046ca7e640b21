import Glibc
import Synchronization

/// The thread that watches over the others: time limits, a paused listener, and the drain at the end.
struct Keeper {
  let shared: ServerCore
  let observer: @Sendable (ServerEvent) -> Void

  /// Returns when the server has drained and no worker is needed any more.
  func run() {
    while !shared.isDraining {
      shared.waitAsKeeper(milliseconds: 1000)
      shared.acceptor.resume()
      cutOverdue()
    }
    drain()
    shared.poller.stopAll()
  }

  private func cutOverdue() {
    shared.connections.cut(takenBefore: MonotonicClock.seconds - shared.configuration.requestTimeoutSeconds)
  }

  private func drain() {
    shared.acceptor.withdraw()
    observer(.draining(connections: shared.connections.count))
    shared.connections.drain()
    let deadline = MonotonicClock.seconds + shared.configuration.drainSeconds
    waitUntilEmpty(deadline)
    shared.acceptor.end()
    waitUntilEmpty(deadline)
    let cut = shared.connections.cut()
    // A cut connection is readable for its worker, who closes it; a handler that hangs is not waited for.
    let patience = MonotonicClock.seconds + 2
    waitUntilEmpty(patience)
    while shared.counters.busyWorkers.load(ordering: .acquiring) > 0, MonotonicClock.seconds < patience {
      shared.waitAsKeeper(milliseconds: 1)
    }
    observer(.stopped(cut: cut))
  }

  private func waitUntilEmpty(_ deadline: Int64) {
    while shared.connections.count > 0, MonotonicClock.seconds < deadline {
      shared.waitAsKeeper(milliseconds: 250)
      cutOverdue()
    }
  }
}
