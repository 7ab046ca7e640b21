/// What a ``Server`` tells its observer: changes of state, for the log.
package enum ServerEvent: Sendable, Equatable {
  /// Connections are accepted from now on.
  case listening
  /// `accept` failed with that `errno`, for example for lack of descriptors; tried again within a second.
  case acceptFailed(code: Int32)
  /// The maximum of connections is reached; more wait in the backlog.
  case connectionsFull
  /// No further connections are accepted; those that are open finish.
  case draining(connections: Int)
  /// The end, with the number of connections that had to be cut.
  case stopped(cut: Int)
}

extension ServerEvent: CustomStringConvertible {
  /// Whether somebody should look.
  package var isFailure: Bool {
    switch self {
    case .listening, .draining: false
    case .acceptFailed, .connectionsFull: true
    case .stopped(let cut): cut > 0
    }
  }

  package var description: String {
    switch self {
    case .listening: "listening"
    case .acceptFailed(let code): "accept failed with errno \(code)"
    case .connectionsFull: "all connections are in use; more wait"
    case .draining(let connections): "draining \(connections) connections"
    case .stopped(let cut): cut == 0 ? "drained" : "stopped with \(cut) connections cut"
    }
  }
}

/// A ``Server``'s figures at one moment, for metrics.
package struct ServerStatistics: Sendable, Equatable {
  /// Connections open now, idle ones included.
  package var connections = 0
  /// Workers that handle a request now.
  package var busyWorkers = 0
  /// Workers in all.
  package var workers = 0
  /// Requests answered since the start, refused ones included.
  package var requests = 0
  /// Requests answered by `overloaded` since the start.
  package var overloaded = 0
  /// Microseconds that requests waited between nginx's receipt and a worker, summed since the start.
  package var queueMicroseconds = 0
  /// Connections that ended in a protocol error, a time-out or with the peer gone before the answer was sent.
  package var broken = 0
}
