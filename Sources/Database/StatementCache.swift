/// Which texts a connection has prepared, under which names, and which were used least lately.
struct StatementCache {
  private struct Key: Hashable {
    let text: String
    let types: [UInt32]
  }

  private struct Entry {
    let name: String
    var lastUse: Int
  }

  private let limit: Int
  private var entries: [Key: Entry] = [:]
  /// Counts uses; also numbers the names, which are never used twice on a connection.
  private var clock = 0

  init(limit: Int) {
    self.limit = limit
  }

  /// The name under which a text is prepared; nil when it is not.
  mutating func name(text: String, types: [UInt32]) -> String? {
    clock += 1
    let key = Key(text: text, types: types)
    guard let index = entries.index(forKey: key) else { return nil }
    entries.values[index].lastUse = clock
    return entries.values[index].name
  }

  /// A name for a statement that is to be prepared.
  func freshName() -> String { "s\(clock)" }

  mutating func insert(text: String, types: [UInt32], name: String) {
    entries[Key(text: text, types: types)] = Entry(name: name, lastUse: clock)
  }

  /// Forgets all, and returns their names.
  mutating func removeAll() -> [String] {
    defer { entries.removeAll() }
    return entries.values.map(\.name)
  }

  /// Forgets those used least lately until a quarter of the limit is free, once the limit is passed; returns their
  /// names, which the server must still be told to forget.
  mutating func evict() -> [String] {
    guard entries.count > limit else { return [] }
    let victims = entries.sorted { $0.value.lastUse < $1.value.lastUse }.prefix(entries.count - limit * 3 / 4)
    for victim in victims { entries.removeValue(forKey: victim.key) }
    return victims.map(\.value.name)
  }
}
