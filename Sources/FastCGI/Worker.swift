import Glibc
import HTTP
import Synchronization

/// One thread of the pool: takes an event, handles it whole, and comes back for the next.
struct Worker {
  let shared: ServerCore
  private let request = ConnectionRequest()
  private let writer = AnswerWriter()

  init(shared: ServerCore) {
    self.shared = shared
  }

  /// Works until the poller says stop.
  func run() {
    while true {
      let event = shared.poller.wait()
      switch event.source {
      case .stop: return
      case .listener: shared.acceptor.accept()
      case .connection(let id):
        shared.counters.busyWorkers.add(1, ordering: .relaxed)
        if serve(id, isHangUp: event.isHangUp) {
          shared.connections.release(id)
          shared.poller.arm(id.descriptor, .connection(id))
        }
        shared.counters.busyWorkers.subtract(1, ordering: .releasing)
      }
    }
  }

  /// Serves the request that waits on the connection.
  ///
  /// - Returns: whether the connection is still there.
  private func serve(_ id: ConnectionID, isHangUp: Bool) -> Bool {
    guard shared.connections.take(id, now: MonotonicClock.seconds) else { return false }
    if isHangUp, isAtEnd(id.descriptor) {
      close(id)
      return false
    }
    guard request.read(id.descriptor) else {
      shared.counters.broken.add(1, ordering: .relaxed)
      shared.forget(id)
      return false
    }
    let isKept = request.isForResponder && answer(id)
    request.end()
    if !isKept { close(id) }
    return isKept
  }

  /// Handles the request that was read and sends the answer.
  ///
  /// - Returns: whether the connection can be used again.
  private func answer(_ id: ConnectionID) -> Bool {
    let current = Request(source: request, startedAt: .now)
    let response = shared.respond(current)
    let isBodyRead = request.discardBody(limit: shared.configuration.maximumUnreadBodyBytes)
    let peerKeeps = request.peerKeepsConnection
    let isKept = peerKeeps && isBodyRead && !shared.isDraining
    let isSent = writer.send(
      response, isHead: current.method == .head, closing: peerKeeps && !isKept,
      to: id.descriptor, number: request.number)
    if !isSent { shared.counters.broken.add(1, ordering: .relaxed) }
    return isSent && isKept
  }

  private func isAtEnd(_ descriptor: Int32) -> Bool {
    var byte: UInt8 = 0
    return unsafe recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) <= 0
  }

  private func close(_ id: ConnectionID) {
    // First forgotten, then closed: the number may be given out again at once.
    shared.forget(id)
    _ = Glibc.close(id.descriptor)
  }
}
