import Locks

/// Values read from Redis that this process keeps until Redis says that they changed.
///
/// A value read just before a change could arrive here after the word of that change. So a reader first puts a
/// reservation in the value's place; an invalidation removes it, and only a reader that still finds its own
/// reservation may fill it.
final class ClientCache: Sendable {
  /// The invalidation connection to which Redis must report what is read.
  struct Tracking: Sendable, Equatable {
    let generation: Int
    let clientID: Int
  }

  struct Reservation {
    let key: String
    let tracking: Tracking
    fileprivate let token: Int
  }

  enum Lookup {
    case hit([UInt8])
    /// Not there; with a reservation if the value may be kept once read.
    case miss(Reservation?)
  }

  struct Counts: Sendable {
    var hits = 0
    var misses = 0
    var invalidations = 0
    var evictions = 0
    var entries = 0
    var bytes = 0
  }

  private struct Slot {
    var key: String
    /// Empty while only reserved.
    var value: [UInt8]
    /// The reservation's number, 0 once filled.
    var token: Int
    var expiresMs: Int
    /// Set by each hit, taken away by the clock's hand: evicted is what was not used for one round.
    var isUsed: Bool
  }

  private struct State {
    var index: [String: Int] = [:]
    var slots: [Slot] = []
    var free: [Int] = []
    var hand = 0
    var bytes = 0
    var nextToken = 1
    var tracking: Tracking?
    var counts = Counts()
  }

  private let bounds: KVConfiguration.Cache
  /// Guards the whole cache. One lock: it is held for some 100 ns, and eight of them measured no better.
  private let state = Locked(State())
  /// What an entry takes beside the bytes of its key and value (slot, index, the headers of two heap objects).
  private static let overheadBytes = 160

  init(_ bounds: KVConfiguration.Cache) { self.bounds = bounds }

  var counts: Counts {
    state.withLock { state in
      var counts = state.counts
      counts.entries = state.index.count
      counts.bytes = state.bytes
      return counts
    }
  }

  /// Finds a value, or reserves its place.
  func lookup(_ key: String) -> Lookup {
    let now = MonotonicClock.nowMs
    return state.withLock { state in
      if let slot = state.index[key] {
        if state.slots[slot].token == 0, state.slots[slot].expiresMs > now {
          state.slots[slot].isUsed = true
          state.counts.hits += 1
          return .hit(state.slots[slot].value)
        }
        remove(slot, &state)
      }
      state.counts.misses += 1
      guard let tracking = state.tracking else { return .miss(nil) }
      let token = state.nextToken
      state.nextToken += 1
      insert(Slot(key: key, value: [], token: token, expiresMs: 0, isUsed: false), &state)
      return .miss(Reservation(key: key, tracking: tracking, token: token))
    }
  }

  /// Keeps a value that was read under a reservation, unless it was invalidated meanwhile.
  /// - Parameter remainingMs: what the key has left to live in Redis; nil for no end.
  func fill(_ reservation: Reservation, _ value: [UInt8], remainingMs: Int?) {
    // Redis reports the end of a key only when it gets round to removing it, so the key's own time is kept here too.
    // And whatever might go wrong with a report, no value outlives the maximal age.
    let expires = MonotonicClock.nowMs + min(bounds.maxAgeMs, remainingMs ?? .max)
    state.withLock { state in
      guard let slot = state.index[reservation.key], state.slots[slot].token == reservation.token else { return }
      state.slots[slot].value = value
      state.slots[slot].token = 0
      state.slots[slot].expiresMs = expires
      state.bytes += value.count
      while state.bytes > bounds.bytes, !state.index.isEmpty { evictOne(&state) }
    }
  }

  /// Gives a reservation up.
  func abandon(_ reservation: Reservation) {
    state.withLock { state in
      guard let slot = state.index[reservation.key], state.slots[slot].token == reservation.token else { return }
      remove(slot, &state)
    }
  }

  /// Forgets a value that changed, and any reservation for it.
  func invalidate(_ key: String) {
    state.withLock { state in
      guard let slot = state.index[key] else { return }
      state.counts.invalidations += 1
      remove(slot, &state)
    }
  }

  /// Forgets everything, as after FLUSHALL.
  func invalidateAll() {
    state.withLock { Self.clear(&$0) }
  }

  /// Begins to keep values, now that invalidations arrive.
  func arm(_ tracking: Tracking) {
    state.withLock { state in
      Self.clear(&state)
      state.tracking = tracking
    }
  }

  /// Forgets everything and keeps nothing more: invalidations can be missed from now on.
  func disarm() {
    state.withLock { state in
      Self.clear(&state)
      state.tracking = nil
    }
  }

  private static func clear(_ state: inout State) {
    state.counts.invalidations += state.index.count
    state.index = [:]
    state.slots = []
    state.free = []
    state.hand = 0
    state.bytes = 0
  }

  private func insert(_ slot: Slot, _ state: inout State) {
    while state.index.count >= bounds.entries { evictOne(&state) }
    state.bytes += slot.key.utf8.count + Self.overheadBytes
    if let place = state.free.popLast() {
      state.slots[place] = slot
      state.index[slot.key] = place
    } else {
      state.index[slot.key] = state.slots.count
      state.slots.append(slot)
    }
  }

  private func remove(_ place: Int, _ state: inout State) {
    let slot = state.slots[place]
    state.index[slot.key] = nil
    state.bytes -= slot.key.utf8.count + Self.overheadBytes + slot.value.count
    state.slots[place] = Slot(key: "", value: [], token: -1, expiresMs: 0, isUsed: false)
    state.free.append(place)
  }

  /// The clock algorithm; ends within two rounds, as the first takes every mark away.
  private func evictOne(_ state: inout State) {
    while true {
      state.hand = (state.hand + 1) % state.slots.count
      if state.slots[state.hand].token == -1 { continue }
      if !state.slots[state.hand].isUsed { break }
      state.slots[state.hand].isUsed = false
    }
    state.counts.evictions += 1
    remove(state.hand, &state)
  }
}
