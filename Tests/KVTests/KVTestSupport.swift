import Foundation
import KV
import Support
import Synchronization

/// What a `KV` reported, in order.
final class EventLog: Sendable {
  private let events = Mutex<[KVEvent]>([])

  var all: [KVEvent] { events.withLock { $0 } }

  func append(_ event: KVEvent) { events.withLock { $0.append(event) } }
}

extension KV {
  /// A client of a test's server.
  convenience init(
    _ server: RedisServer, cache: KVConfiguration.Cache? = KVConfiguration.Cache(), poolSize: Int = 8,
    timeoutMs: Int = 250, log: EventLog = EventLog()
  ) {
    let configuration = KVConfiguration(
      address: .unix(path: server.socket), timeoutMs: timeoutMs, poolSize: poolSize, cache: cache)
    self.init(configuration, log: { log.append($0) })
  }
}

/// Runs a body on threads of its own, all at once, and returns what each returned.
func onThreads<Result: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Result) -> [Result] {
  let results = Results<Result>()
  let finished = DispatchGroup()
  let start = DispatchSemaphore(value: 0)
  for index in 0..<count {
    finished.enter()
    let thread = Thread {
      start.wait()
      results.append(body(index))
      finished.leave()
    }
    thread.stackSize = 512 << 10
    thread.start()
  }
  for _ in 0..<count { start.signal() }
  finished.wait()
  return results.all
}

private final class Results<Result: Sendable>: Sendable {
  private let results = Mutex<[Result]>([])

  var all: [Result] { results.withLock { $0 } }

  func append(_ result: Result) { results.withLock { $0.append(result) } }
}

/// Waits until a condition holds, and says whether it did in time.
func eventually(withinMs limit: Int = 3000, _ condition: () -> Bool) -> Bool {
  let deadline = Date().addingTimeInterval(Double(limit) / 1000)
  while !condition() {
    if Date() > deadline { return false }
    usleep(500)
  }
  return true
}

/// How long something took, in milliseconds.
func milliseconds(_ body: () -> Void) -> Int {
  let start = ContinuousClock.now
  body()
  let duration = (ContinuousClock.now - start).components
  return Int(duration.seconds) * 1000 + Int(duration.attoseconds / 1_000_000_000_000_000)
}

/// The error of a call that must fail.
func failure(_ body: () throws(KVError) -> Void) -> KVError? {
  do {
    try body()
    return nil
  } catch {
    return error
  }
}
