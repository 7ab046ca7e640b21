import Glibc
import Synchronization

/// The connection on which Redis tells which cached keys changed, and its thread.
///
/// It answers for the cache's truth: the cache is armed only while Redis is heard on this connection. Redis is asked
/// for a sign of life several times a second, so that a Redis that hangs turns the cache off too.
final class InvalidationListener: Sendable {
  private static let pingEveryMs = 200
  private static let silenceMs = 500
  private static let retryEveryMs = 200

  private let configuration: KVConfiguration
  private let cache: ClientCache
  private let log: @Sendable (KVEvent) -> Void
  private let isStopped = Atomic<Bool>(false)

  init(_ configuration: KVConfiguration, cache: ClientCache, log: @escaping @Sendable (KVEvent) -> Void) {
    self.configuration = configuration
    self.cache = cache
    self.log = log
  }

  /// Starts the thread, which holds the listener until `stop`.
  func start() {
    var thread = pthread_t()
    let argument = unsafe Unmanaged.passRetained(self).toOpaque()
    let result = unsafe pthread_create(
      &thread, nil,
      { argument in
        let listener = unsafe Unmanaged<InvalidationListener>.fromOpaque(argument!).takeRetainedValue()
        listener.run()
        return nil
      }, argument)
    precondition(result == 0, "no thread for the cache's invalidations")
    pthread_detach(thread)
  }

  /// The thread sees it at its next look, within a fifth of a second.
  func stop() { isStopped.store(true, ordering: .relaxed) }

  private func run() {
    // Signals belong to the main thread; here they would only break system calls.
    var signals = sigset_t()
    unsafe sigfillset(&signals)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    var generation = 0
    var isOn = true
    while !isStopped.load(ordering: .relaxed) {
      generation += 1
      do throws(ConnectionFailure) {
        let connection = try Connection(configuration)
        let tracking = try subscribe(connection, generation)
        cache.arm(tracking)
        if generation > 1 { log(.cacheOn) }
        isOn = true
        defer { cache.disarm() }
        try listen(connection)
      } catch {
        if isOn { log(.cacheOff(error.reason)) }
        isOn = false
        _ = Self.wait(for: -1, milliseconds: Self.retryEveryMs)
      }
    }
  }

  private func subscribe(_ connection: Connection, _ generation: Int) throws(ConnectionFailure) -> ClientCache.Tracking
  {
    let clientID = try connection.exchange(Command("CLIENT", "ID"))
    guard case .integer(let id) = clientID else {
      throw ConnectionFailure(reason: "no client id: \(clientID)", sent: true, timedOut: false)
    }
    let answer = try connection.exchange(Command("SUBSCRIBE", "__redis__:invalidate"))
    guard case .array = answer else {
      throw ConnectionFailure(reason: "not subscribed: \(answer)", sent: true, timedOut: false)
    }
    return ClientCache.Tracking(generation: generation, clientID: id)
  }

  private func listen(_ connection: Connection) throws(ConnectionFailure) {
    var heardMs = MonotonicClock.nowMs
    var pingedMs = heardMs
    while !isStopped.load(ordering: .relaxed) {
      while let reply = try connection.nextReply() { apply(reply) }
      let now = MonotonicClock.nowMs
      if now - pingedMs >= Self.pingEveryMs {
        try connection.send([Command("PING")])
        pingedMs = now
      }
      if Self.wait(for: connection.descriptor, milliseconds: Self.pingEveryMs - (now - pingedMs)) {
        try connection.readAvailable()
        heardMs = MonotonicClock.nowMs
      } else if MonotonicClock.nowMs - heardMs > Self.silenceMs {
        // Judged only when there was nothing to read: a thread that got no processor time must not blame Redis.
        throw ConnectionFailure(reason: "no sign of life for \(Self.silenceMs) ms", sent: true, timedOut: true)
      }
    }
  }

  /// A message is `message`, the channel, and the keys, or null instead of them when all went (FLUSHALL).
  private func apply(_ reply: Reply) {
    guard case .array(let parts) = reply, parts.count == 3, parts[0] == .string(Array("message".utf8)) else { return }
    guard case .array(let keys) = parts[2] else { return cache.invalidateAll() }
    for case .string(let key) in keys { cache.invalidate(String(decoding: key, as: UTF8.self)) }
  }

  /// Waits for something to read, or for the time; says whether there is something.
  private static func wait(for descriptor: Int32, milliseconds: Int) -> Bool {
    var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    _ = unsafe poll(&polled, 1, Int32(milliseconds))
    return polled.revents != 0
  }
}
