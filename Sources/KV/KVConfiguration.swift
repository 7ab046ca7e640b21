/// Where Redis is and how patient callers are with it.
package struct KVConfiguration: Sendable {
  /// The server's address.
  package enum Address: Sendable, Equatable {
    case unix(path: String)
    case tcp(host: String, port: Int)

    /// Reads `unix:/path/to/socket` or `host:port`; nil for anything else.
    package init?(_ text: String) {
      if text.hasPrefix("unix:/") {
        self = .unix(path: String(text.dropFirst("unix:".count)))
        return
      }
      guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
        (1...65535).contains(port), colon != text.startIndex
      else { return nil }
      self = .tcp(host: String(text[..<colon]), port: port)
    }
  }

  /// Bounds of the in-process cache behind `KV.cached`.
  package struct Cache: Sendable {
    /// Most entries at once.
    package var entries: Int
    /// Most bytes of keys, values and bookkeeping at once.
    package var bytes: Int
    /// The age in milliseconds after which an entry is read again even without an invalidation.
    package var maxAgeMs: Int

    /// The usual bounds: 20,000 entries in 8 MB, none older than 10 s.
    package init(entries: Int = 20_000, bytes: Int = 8 << 20, maxAgeMs: Int = 10_000) {
      self.entries = entries
      self.bytes = bytes
      self.maxAgeMs = maxAgeMs
    }
  }

  package var address: Address
  package var password: String?
  package var database: Int
  /// Longest wait for a connection to open, and for each answer, in milliseconds.
  package var timeoutMs: Int
  /// Most connections open at once.
  package var poolSize: Int
  /// Longest wait for a free connection in milliseconds; beyond it `KVError.busy`.
  package var poolWaitMs: Int
  /// How long calls fail at once after Redis was found away, in milliseconds, before one call probes it again.
  package var breakerMs: Int
  /// The in-process cache; nil turns `KV.cached` into `KV.get` and starts no thread.
  package var cache: Cache?

  package init(
    address: Address, password: String? = nil, database: Int = 0, timeoutMs: Int = 250, poolSize: Int = 8,
    poolWaitMs: Int = 100, breakerMs: Int = 200, cache: Cache? = Cache()
  ) {
    self.address = address
    self.password = password
    self.database = database
    self.timeoutMs = timeoutMs
    self.poolSize = poolSize
    self.poolWaitMs = poolWaitMs
    self.breakerMs = breakerMs
    self.cache = cache
  }
}
