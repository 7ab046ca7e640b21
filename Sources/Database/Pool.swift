internal import Glibc

/// The connections, lent to one thread at a time, the one used last first, so that few stay hot. While the server is
/// away one caller at a time probes it, at most every `probeIntervalMilliseconds`, and the others fail at once.
final class Pool: Sendable {
  private let configuration: Database.Configuration
  private let log: @Sendable (DatabaseEvent) -> Void
  private let monitor = Monitor(State())

  private struct State {
    var idle: [Connection] = []
    var opening = 0
    var counts = PoolStatistics()
    /// Why the server is thought to be away, and when it may be asked again; nil while it is there.
    var outage: (reason: String, nextProbe: Deadline)?
    var isProbing = false
    var isClosed = false
    /// Threads that hold a connection; each may hold one, or threads could wait for each other in a circle.
    var holders: Set<UInt> = []
  }

  private enum Grant {
    case use(Connection)
    case open
  }

  init(_ configuration: Database.Configuration, log: @escaping @Sendable (DatabaseEvent) -> Void) {
    self.configuration = configuration
    self.log = log
  }

  var statistics: PoolStatistics {
    monitor.withLock { state in
      var counts = state.counts
      counts.idle = state.idle.count
      return counts
    }
  }

  /// Lends a connection; give it back by `release`.
  func acquire() throws(DatabaseError) -> Connection {
    let thread = UInt(pthread_self())
    let held = monitor.withLock { state in !state.holders.insert(thread).inserted }
    if held { throw .misuse("this thread is within a transaction already: use its Transaction") }
    do throws(DatabaseError) {
      while true {
        switch try grant() {
        case .open: return try open()
        case .use(let connection):
          if !isStale(connection) { return connection }
          discard(connection)
        }
      }
    } catch {
      monitor.withLock { state in _ = state.holders.remove(thread) }
      throw error
    }
  }

  /// Takes a connection back; a broken one is closed.
  func release(_ connection: Connection) {
    let thread = UInt(pthread_self())
    if !connection.isBroken { connection.trimStatements() }
    if connection.isBroken {
      if connection.isSilent { beginOutage("the server does not answer") }
      discard(connection)
      monitor.withLock { state in _ = state.holders.remove(thread) }
      return
    }
    let now = Deadline.now
    let (recovered, isClosed) = monitor.withLock { state in
      connection.lastUse = now
      state.holders.remove(thread)
      state.counts.inUse -= 1
      if !state.isClosed { state.idle.append(connection) }
      return (Self.endOutage(&state), state.isClosed)
    }
    monitor.signal()
    if isClosed { connection.close() }
    if recovered { log(.up) }
  }

  /// Closes what is idle, and what is lent as it comes back; further callers are refused.
  func close() {
    let idle = monitor.withLock { state in
      state.isClosed = true
      defer { state.idle = [] }
      return state.idle
    }
    monitor.broadcast()
    for connection in idle { connection.close() }
  }

  /// Waits, within bounds, for an idle connection or for room to open one.
  private func grant() throws(DatabaseError) -> Grant {
    let deadline = Deadline.after(milliseconds: configuration.acquireTimeoutMilliseconds)
    var isWaiting = false
    let grant = try monitor.wait(until: deadline) { state throws(DatabaseError) -> Grant? in
      let grant: Grant?
      do throws(DatabaseError) {
        grant = try decide(&state)
        if grant == nil, !isWaiting, state.counts.waiting >= configuration.waitingLimit { throw .busy }
      } catch {
        if isWaiting { state.counts.waiting -= 1 }
        throw error
      }
      if (grant == nil) != isWaiting { state.counts.waiting += isWaiting ? -1 : 1 }
      isWaiting = grant == nil
      return grant
    }
    guard let grant else {
      monitor.withLock { state in state.counts.waiting -= 1 }
      throw .busy
    }
    return grant
  }

  /// What a caller gets now; nil: it must wait.
  private func decide(_ state: inout State) throws(DatabaseError) -> Grant? {
    if state.isClosed { throw .unavailable(reason: "the database was closed") }
    if let connection = state.idle.popLast() {
      state.counts.inUse += 1
      return .use(connection)
    }
    guard state.counts.inUse + state.opening < configuration.poolSize else { return nil }
    if let outage = state.outage {
      if state.isProbing || Deadline.now < outage.nextProbe { throw .unavailable(reason: outage.reason) }
      state.isProbing = true
    }
    state.opening += 1
    return .open
  }

  private func open() throws(DatabaseError) -> Connection {
    do throws(DatabaseError) {
      let connection = try Connection(configuration, log: log)
      let isNews = monitor.withLock { state in
        state.opening -= 1
        state.counts.inUse += 1
        state.counts.opened += 1
        let isFirst = state.counts.isUp == nil
        state.counts.isUp = true
        return Self.endOutage(&state) || isFirst
      }
      if isNews { log(.up) }
      return connection
    } catch {
      monitor.withLock { state in
        state.opening -= 1
        state.counts.failed += 1
      }
      beginOutage(reason(of: error))
      throw error
    }
  }

  /// A connection that was idle for a while may have been closed by the server: one look, which waits for nothing.
  private func isStale(_ connection: Connection) -> Bool {
    connection.lastUse.adding(milliseconds: 100) < .now && connection.isDead
  }

  private func discard(_ connection: Connection) {
    connection.close()
    // What ended one connection may have ended others: those that are dead go too, and waiting callers may open new.
    let dead = monitor.withLock { state in
      state.counts.inUse -= 1
      let dead = state.idle.filter(\.isDead)
      state.idle.removeAll { connection in dead.contains { $0 === connection } }
      return dead
    }
    for connection in dead { connection.close() }
    monitor.signal()
  }

  private func beginOutage(_ reason: String) {
    let nextProbe = Deadline.after(milliseconds: configuration.probeIntervalMilliseconds)
    let (isNews, idle) = monitor.withLock { state in
      let isNews = state.outage == nil
      state.outage = (reason, nextProbe)
      state.isProbing = false
      state.counts.isUp = false
      defer { state.idle = [] }
      return (isNews, state.idle)
    }
    for connection in idle { connection.close() }
    // Those who wait for a connection need wait no longer.
    monitor.broadcast()
    if isNews { log(.down(reason: reason)) }
  }

  private static func endOutage(_ state: inout State) -> Bool {
    guard state.outage != nil else { return false }
    state.outage = nil
    state.isProbing = false
    state.counts.isUp = true
    return true
  }

  private func reason(of error: DatabaseError) -> String {
    if case .unavailable(let reason) = error { reason } else { "\(error)" }
  }
}
