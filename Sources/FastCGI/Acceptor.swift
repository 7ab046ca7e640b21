internal import CFastCGI
import Glibc
import Locks

/// Takes connections from the listening socket into the poller.
///
/// The socket is armed for one event at a time, so one worker accepts at once. When nothing can be accepted for lack of
/// descriptors or room, it stays unarmed until the keeper's next round: no spinning.
final class Acceptor: Sendable {
  private let socket: ListeningSocket
  private let poller: Poller
  private let connections: Connections
  private let configuration: ServerConfiguration
  private let observer: @Sendable (ServerEvent) -> Void
  /// Guards whether the socket is armed, and that it is not armed again after the end.
  private let state = Locked(State.armed)

  private enum State {
    case armed, paused, ended
  }

  init(
    _ socket: ListeningSocket, poller: Poller, connections: Connections, configuration: ServerConfiguration,
    observer: @escaping @Sendable (ServerEvent) -> Void
  ) {
    self.socket = socket
    self.poller = poller
    self.connections = connections
    self.configuration = configuration
    self.observer = observer
  }

  func start() throws(ServerError) {
    guard poller.add(socket.descriptor, .listener) else { throw .last("epoll_ctl") }
  }

  /// Accepts what waits, and arms the socket again unless that makes no sense now.
  func accept() {
    state.withLock { state in
      guard state != .ended else { return }
      state = acceptWaiting() ? .armed : .paused
      if state == .armed { poller.arm(socket.descriptor, .listener) }
    }
  }

  /// Tries again after a pause.
  func resume() {
    if state.withLock({ $0 == .paused }) { accept() }
  }

  /// Begins the end. From an inherited socket nothing more is taken, the next process goes on with it. One of our own
  /// is only made unfindable: who found it just before is still let in.
  func withdraw() {
    socket.withdraw()
    if socket.isInherited { end() }
  }

  /// Accepts no more. A socket of our own is emptied first and then closed.
  func end() {
    state.withLock { state in
      guard state != .ended else { return }
      state = .ended
      poller.remove(socket.descriptor)
      if !socket.isInherited {
        _ = acceptWaiting()
        socket.close()
      }
    }
  }

  /// - Returns: false when accepting makes no sense for now.
  private func acceptWaiting() -> Bool {
    while true {
      if connections.count >= configuration.maximumConnections {
        observer(.connectionsFull)
        return false
      }
      let descriptor = fastcgi_accept(socket.descriptor)
      if descriptor >= 0 {
        limitTime(descriptor)
        let id = connections.open(descriptor)
        if !poller.add(descriptor, .connection(id)) {
          _ = connections.forget(id)
          _ = Glibc.close(descriptor)
        }
        continue
      }
      switch errno {
      case EAGAIN: return true
      case EINTR, ECONNABORTED: continue
      default:
        observer(.acceptFailed(code: errno))
        return false
      }
    }
  }

  private func limitTime(_ descriptor: Int32) {
    var receive = timeval(tv_sec: configuration.receiveTimeoutSeconds, tv_usec: 0)
    var send = timeval(tv_sec: configuration.sendTimeoutSeconds, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &receive, size)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &send, size)
  }
}
