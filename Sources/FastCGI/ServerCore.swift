internal import CFastCGI
import Glibc
import HTTP
import Synchronization

/// What the workers, the keeper and the server share.
final class ServerCore: Sendable {
  let configuration: ServerConfiguration
  let poller: Poller
  let connections: Connections
  let acceptor: Acceptor
  let counters = Counters()
  private let handler: @Sendable (Request) -> Response
  private let overloaded: @Sendable (Request) -> Response
  private let draining = Atomic<Bool>(false)
  /// Becomes readable when ``stop()`` is called and when the last connection of a drain goes.
  private let keeperSwitch: Int32

  init(
    configuration: ServerConfiguration, socket: ListeningSocket,
    handler: @escaping @Sendable (Request) -> Response,
    overloaded: @escaping @Sendable (Request) -> Response,
    observer: @escaping @Sendable (ServerEvent) -> Void
  ) throws(ServerError) {
    self.configuration = configuration
    self.handler = handler
    self.overloaded = overloaded
    poller = try Poller()
    connections = Connections()
    acceptor = Acceptor(
      socket, poller: poller, connections: connections, configuration: configuration, observer: observer)
    keeperSwitch = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard keeperSwitch >= 0 else { throw .last("eventfd") }
  }

  var isDraining: Bool {
    draining.load(ordering: .acquiring)
  }

  /// The handler's answer, or the refusal when the request has waited for too long.
  func respond(_ request: Request) -> Response {
    let waited = request.startedAt.microseconds - request.receivedAt.microseconds
    counters.requests.add(1, ordering: .relaxed)
    counters.queueMicroseconds.add(Int(max(0, waited)), ordering: .relaxed)
    let limit = configuration.maximumQueueMilliseconds
    if limit > 0, waited > limit * 1000 {
      counters.overloaded.add(1, ordering: .relaxed)
      return overloaded(request)
    }
    return handler(request)
  }

  /// Strikes a connection off, and tells the keeper when a drain is complete by that.
  func forget(_ id: ConnectionID) {
    if connections.forget(id) == 0, isDraining { wakeKeeper() }
  }

  /// Asks for the drain; may be called from any thread, any number of times.
  func stop() {
    draining.store(true, ordering: .releasing)
    wakeKeeper()
  }

  /// Waits for ``wakeKeeper()``, for so many milliseconds at most.
  func waitAsKeeper(milliseconds: Int32) {
    var entry = pollfd(fd: keeperSwitch, events: Int16(POLLIN), revents: 0)
    var count: UInt64 = 0
    if unsafe poll(&entry, 1, milliseconds) == 1 { unsafe _ = read(keeperSwitch, &count, 8) }
  }

  private func wakeKeeper() {
    var one: UInt64 = 1
    unsafe _ = write(keeperSwitch, &one, 8)
  }

  /// To be called once, after all threads have ended.
  func close() {
    poller.close()
    _ = Glibc.close(keeperSwitch)
  }
}
