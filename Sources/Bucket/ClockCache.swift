/// A table bounded in bytes that forgets what was not used for a while (the clock algorithm). Not thread-safe.
struct ClockCache<Key: Hashable, Value> {
  private struct Slot {
    var key: Key
    var value: Value
    var bytes: Int
    /// Set by each use, taken away when the clock's hand passes; what the hand finds without it goes.
    var isUsed: Bool
  }

  private let limitBytes: Int
  private var index: [Key: Int] = [:]
  private var slots: [Slot?] = []
  private var free: [Int] = []
  private var hand = 0
  private(set) var bytes = 0

  var count: Int { index.count }

  init(limitBytes: Int) { self.limitBytes = limitBytes }

  mutating func value(_ key: Key) -> Value? {
    guard let place = index[key] else { return nil }
    slots[place]?.isUsed = true
    return slots[place]?.value
  }

  /// Keeps a value that takes about `bytes` of memory; one larger than the whole bound is not kept.
  mutating func insert(_ key: Key, _ value: Value, bytes added: Int) {
    remove(key)
    guard added <= limitBytes else { return }
    while bytes + added > limitBytes { evictOne() }
    bytes += added
    let slot = Slot(key: key, value: value, bytes: added, isUsed: false)
    if let place = free.popLast() {
      slots[place] = slot
      index[key] = place
    } else {
      index[key] = slots.count
      slots.append(slot)
    }
  }

  mutating func remove(_ key: Key) {
    guard let place = index.removeValue(forKey: key), let slot = slots[place] else { return }
    bytes -= slot.bytes
    slots[place] = nil
    free.append(place)
  }

  /// Ends within two rounds, as the first takes every mark away. Called only when there is something to evict.
  private mutating func evictOne() {
    while true {
      hand = (hand + 1) % slots.count
      guard let slot = slots[hand] else { continue }
      if !slot.isUsed { return remove(slot.key) }
      slots[hand]?.isUsed = false
    }
  }
}
