internal import CFastCGI
package import HTTP
import Locks
import Synchronization

/// A FastCGI server for nginx: a pool of threads behind one epoll, on libfcgi.
///
/// The way of a request: the kernel says that a connection is readable (``Poller``), a ``Worker`` takes it, reads the
/// request (``ConnectionRequest``), calls the handler, sends the answer (``AnswerWriter``) and puts the connection back.
/// An idle connection costs no thread.
package final class Server: Sendable {
  private let configuration: ServerConfiguration
  private let listener: Listener
  private let handler: @Sendable (Request) -> Response
  private let overloaded: @Sendable (Request) -> Response
  private let observer: @Sendable (ServerEvent) -> Void
  /// Guards the running parts: they come with ``start()`` and go with ``wait()``.
  private let running = Locked<Running?>(nil)

  private struct Running {
    let shared: ServerCore
    let workers: [SystemThread]
    let keeper: SystemThread
  }

  /// - Parameters:
  ///   - overloaded: the answer to a request that has waited longer than ``ServerConfiguration/maximumQueueMilliseconds``.
  ///   - observer: is told of changes of state, from any thread.
  ///   - handler: answers one request; called by several threads at once.
  package init(
    configuration: ServerConfiguration, listener: Listener,
    overloaded: @escaping @Sendable (Request) -> Response = { _ in Response(.serviceUnavailable) },
    observer: @escaping @Sendable (ServerEvent) -> Void = { _ in },
    handler: @escaping @Sendable (Request) -> Response
  ) {
    self.configuration = configuration
    self.listener = listener
    self.overloaded = overloaded
    self.observer = observer
    self.handler = handler
  }

  /// Opens the listener and starts the threads; connections are accepted when it returns. To be called once.
  ///
  /// Signals: SIGPIPE is ignored from here on; the threads take no signals. The dispositions of SIGTERM and SIGUSR1
  /// stay as they were.
  package func start() throws(ServerError) {
    let code = fastcgi_initialize()
    guard code == 0 else { throw .system(call: "FCGX_Init", code: code) }
    let socket = try ListeningSocket(listener, mode: configuration.socketMode, backlog: configuration.backlog)
    let shared = try ServerCore(
      configuration: configuration, socket: socket, handler: handler, overloaded: overloaded, observer: observer)
    try shared.acceptor.start()
    var workers: [SystemThread] = []
    for number in 1...max(1, configuration.workers) {
      workers.append(try SystemThread("worker-\(number)") { Worker(shared: shared).run() })
    }
    let watch = Keeper(shared: shared, observer: observer)
    let keeper = try SystemThread("keeper") { watch.run() }
    running.withLock { $0 = Running(shared: shared, workers: workers, keeper: keeper) }
    observer(.listening)
  }

  /// Asks the server to stop: no new connections, what is under way is answered, nobody loses a request. Returns at
  /// once; may be repeated.
  package func stop() {
    running.withLock { $0 }?.shared.stop()
  }

  /// Returns when a stopped server has drained, or has cut what did not finish in time; at once when it has already
  /// been waited for.
  package func wait() {
    let found = running.withLock { state in
      defer { state = nil }
      return state
    }
    guard let running = found else { return }
    running.keeper.join()
    // A handler that hangs keeps its thread and what it uses; the process is about to end.
    guard running.shared.counters.busyWorkers.load(ordering: .acquiring) == 0 else { return }
    for worker in running.workers { worker.join() }
    running.shared.close()
  }

  /// The figures now; all 0 when the server does not run.
  package var statistics: ServerStatistics {
    guard let shared = running.withLock({ $0?.shared }) else { return ServerStatistics() }
    return ServerStatistics(
      connections: shared.connections.count,
      busyWorkers: shared.counters.busyWorkers.load(ordering: .relaxed),
      workers: configuration.workers,
      requests: shared.counters.requests.load(ordering: .relaxed),
      overloaded: shared.counters.overloaded.load(ordering: .relaxed),
      queueMicroseconds: shared.counters.queueMicroseconds.load(ordering: .relaxed),
      broken: shared.counters.broken.load(ordering: .relaxed))
  }
}
