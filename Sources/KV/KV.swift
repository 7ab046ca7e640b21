/// Redis: sessions, short-lived tokens and counters. Calls block, from any thread, no longer than the configured
/// time; when Redis is away they fail, and work again by themselves when it is back.
package final class KV: Sendable {
  /// Whether a command may be sent again when the connection broke under it.
  enum Repeat { case harmless, never }

  let breaker: CircuitBreaker
  let pool: ConnectionPool
  let cache: ClientCache?
  private let listener: InvalidationListener?

  /// Opens nothing yet; connections are opened when needed.
  /// - Parameter log: called for each change of state, from any thread; must not call back.
  package init(_ configuration: KVConfiguration, log: @escaping @Sendable (KVEvent) -> Void) {
    // A probe waits for a connection, opens one, and waits for the answer.
    let probeMs = configuration.poolWaitMs + 2 * configuration.timeoutMs
    breaker = CircuitBreaker(pauseMs: configuration.breakerMs, probeMs: probeMs, log: log)
    pool = ConnectionPool(configuration)
    cache = configuration.cache.map { ClientCache($0) }
    listener = cache.map { InvalidationListener(configuration, cache: $0, log: log) }
    listener?.start()
  }

  deinit { listener?.stop() }

  /// The value of a key, or nil.
  package func get(_ key: String) throws(KVError) -> [UInt8]? {
    try Self.bytes(call(.harmless, Command("GET", .text(key))))
  }

  /// Sets a key for a time in milliseconds.
  package func set(_ key: String, _ value: [UInt8], ttlMs: Int) throws(KVError) {
    defer { cache?.invalidate(key) }
    _ = try call(.never, Command("SET", .text(key), .bytes(value), "PX", .integer(ttlMs)))
  }

  /// Sets a key that isn't there; false if it is.
  package func setIfAbsent(_ key: String, _ value: [UInt8], ttlMs: Int) throws(KVError) -> Bool {
    defer { cache?.invalidate(key) }
    return try call(.never, Command("SET", .text(key), .bytes(value), "PX", .integer(ttlMs), "NX")) != .null
  }

  /// Sets a key that is still there, so that a late write can't revive what was deleted; false if it is gone.
  package func setIfPresent(_ key: String, _ value: [UInt8], ttlMs: Int) throws(KVError) -> Bool {
    defer { cache?.invalidate(key) }
    return try call(.never, Command("SET", .text(key), .bytes(value), "PX", .integer(ttlMs), "XX")) != .null
  }

  /// Deletes keys and says how many there were.
  @discardableResult
  package func delete(_ keys: [String]) throws(KVError) -> Int {
    guard !keys.isEmpty else { return 0 }
    defer { forget(keys) }
    return try Self.integer(call(.never, Command(["DEL"] + keys.map { .text($0) })))
  }

  /// Takes a value out: of many callers at once, one gets it.
  package func consume(_ key: String) throws(KVError) -> [UInt8]? {
    defer { cache?.invalidate(key) }
    return try Self.bytes(call(.never, Command("GETDEL", .text(key))))
  }

  /// Gives a key a new time to live in milliseconds; false if it is gone.
  @discardableResult
  package func expire(_ key: String, ttlMs: Int) throws(KVError) -> Bool {
    defer { cache?.invalidate(key) }
    return try call(.never, Command("PEXPIRE", .text(key), .integer(ttlMs))) == .integer(1)
  }

  /// Runs a script. Never sent again when its fate is unknown.
  package func run(
    _ script: Script, keys: [String], arguments: [Command.Argument] = []
  ) throws(KVError) -> Reply {
    defer { forget(keys) }
    let reply = try exchange(.never) { connection throws(ConnectionFailure) in
      try script.run(on: connection, keys: keys, arguments: arguments)
    }
    return try Self.checked(reply)
  }

  /// Sends several commands at once; each answer, errors too, stands at its command's place. The commands don't form
  /// a transaction, and the in-process cache learns of their changes only from Redis, milliseconds later.
  package func pipeline(_ commands: [Command]) throws(KVError) -> [Reply] {
    guard !commands.isEmpty else { return [] }
    return try exchange(.never) { connection throws(ConnectionFailure) in try connection.exchange(commands) }
  }

  /// Asks Redis for a sign of life.
  package func ping() throws(KVError) {
    _ = try call(.harmless, Command("PING"))
  }

  // MARK: - The way of a call

  func call(_ repeating: Repeat, _ command: Command) throws(KVError) -> Reply {
    let reply = try exchange(repeating) { connection throws(ConnectionFailure) in try connection.exchange(command) }
    return try Self.checked(reply)
  }

  func exchange<Result>(
    _ repeating: Repeat, _ body: (Connection) throws(ConnectionFailure) -> Result
  ) throws(KVError) -> Result {
    try breaker.admit()
    var isSecond = false
    while true {
      let connection = try acquire()
      if repeating == .never, connection.isReused, connection.isStale {
        pool.forget()
        pool.dropIdle()
        continue
      }
      do throws(ConnectionFailure) {
        let result = try body(connection)
        pool.release(connection)
        breaker.succeeded()
        return result
      } catch {
        pool.forget()
        // A connection that lay idle while Redis was restarted is no sign that Redis is away.
        let mayRepeat = repeating == .harmless || !error.sent
        if connection.isReused { pool.dropIdle() }
        if connection.isReused, mayRepeat, !error.timedOut, !isSecond {
          isSecond = true
          continue
        }
        breaker.failed(error.reason)
        throw .unavailable(error.reason)
      }
    }
  }

  private func acquire() throws(KVError) -> Connection {
    do throws(ConnectionPool.Refusal) {
      return try pool.acquire()
    } catch {
      switch error {
      case .busy:
        throw .busy
      case .failed(let failure):
        breaker.failed(failure.reason)
        throw .unavailable(failure.reason)
      }
    }
  }

  // MARK: - Answers

  static func checked(_ reply: Reply) throws(KVError) -> Reply {
    if case .error(let text) = reply { throw KVError(reply: text) }
    return reply
  }

  static func bytes(_ reply: Reply) throws(KVError) -> [UInt8]? {
    switch reply {
    case .string(let bytes): return bytes
    case .null: return nil
    default: throw .reply("not a string: \(reply)")
    }
  }

  static func integer(_ reply: Reply) throws(KVError) -> Int {
    guard case .integer(let number) = reply else { throw .reply("not a number: \(reply)") }
    return number
  }

  /// Drops keys from the in-process cache after a call that may have changed them, so that this process sees its own
  /// changes at once. Done after the call, and on failure too: then its effect is unknown.
  func forget(_ keys: [String]) {
    guard let cache else { return }
    for key in keys { cache.invalidate(key) }
  }
}
