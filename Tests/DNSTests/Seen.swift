import Synchronization

/// What came to a server.
final class Seen: Sendable {
  private let queries = Mutex<[[UInt8]]>([])

  var all: [[UInt8]] { queries.withLock { $0 } }

  func note(_ query: [UInt8]) { queries.withLock { $0.append(query) } }
}
