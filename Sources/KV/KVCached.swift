extension KV {
  /// The value of a key, kept in this process until it changes in Redis: for what is read on every request. A change
  /// made through this `KV` is seen at once, one made elsewhere within milliseconds. That a key is not there is never
  /// kept. Without Redis this fails within a second, whatever was kept.
  package func cached(_ key: String) throws(KVError) -> [UInt8]? {
    guard let cache else { return try get(key) }
    switch cache.lookup(key) {
    case .hit(let value): return value
    case .miss(nil): return try get(key)
    case .miss(let reservation?): return try read(reservation, into: cache)
    }
  }

  /// Reads a value on a connection whose reads Redis remembers for the invalidation connection.
  private func read(_ reservation: ClientCache.Reservation, into cache: ClientCache) throws(KVError) -> [UInt8]? {
    do {
      let (isTracked, value, remaining) = try exchange(.harmless) { connection throws(ConnectionFailure) in
        try Self.trackedRead(reservation, on: connection)
      }
      let bytes = try Self.bytes(Self.checked(value))
      if isTracked, let bytes, case .integer(let remainingMs) = remaining, remainingMs != -2 {
        cache.fill(reservation, bytes, remainingMs: remainingMs == -1 ? nil : remainingMs)
      } else {
        cache.abandon(reservation)
      }
      return bytes
    } catch {
      cache.abandon(reservation)
      throw error
    }
  }

  /// One round trip. Tracking is by OPTIN, so that Redis remembers only what is cached here and not each GET; it is
  /// asked for anew when the invalidation connection is another than at this connection's last tracked read.
  private static func trackedRead(
    _ reservation: ClientCache.Reservation, on connection: Connection
  ) throws(ConnectionFailure) -> (isTracked: Bool, value: Reply, remaining: Reply) {
    let tracking = reservation.tracking
    var commands: [Command] = []
    let mustArm = connection.trackingGeneration != tracking.generation
    if mustArm {
      commands.append(Command("CLIENT", "TRACKING", "ON", "REDIRECT", .integer(tracking.clientID), "OPTIN"))
    }
    commands.append(Command("CLIENT", "CACHING", "YES"))
    commands.append(Command("GET", .text(reservation.key)))
    commands.append(Command("PTTL", .text(reservation.key)))
    let replies = try connection.exchange(commands)
    let isTracked = replies.dropLast(2).allSatisfy { $0 == .status("OK") }
    connection.trackingGeneration = isTracked ? tracking.generation : 0
    return (isTracked, replies[replies.count - 2], replies[replies.count - 1])
  }
}
