extension KV {
  /// A set lives at least as long as the member added last, so that it can't outlive its use for ever.
  private static let add = Script(
    """
    local added = redis.call('SADD', KEYS[1], unpack(ARGV, 2))
    if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
    return added
    """)

  /// Adds members to a set, which then lives for at least `ttlMs` more; says how many were new.
  @discardableResult
  package func addToSet(_ key: String, _ members: [String], ttlMs: Int) throws(KVError) -> Int {
    guard !members.isEmpty else { return 0 }
    return try Self.integer(run(Self.add, keys: [key], arguments: [.integer(ttlMs)] + members.map { .text($0) }))
  }

  /// Removes members from a set; says how many were there.
  @discardableResult
  package func removeFromSet(_ key: String, _ members: [String]) throws(KVError) -> Int {
    guard !members.isEmpty else { return 0 }
    return try Self.integer(call(.never, Command(["SREM", .text(key)] + members.map { .text($0) })))
  }

  /// The members of a set, in no order; empty if there is none.
  package func members(_ key: String) throws(KVError) -> [String] {
    let reply = try call(.harmless, Command("SMEMBERS", .text(key)))
    guard case .array(let elements) = reply else { throw .reply("not a set: \(reply)") }
    return elements.compactMap { element in
      guard case .string(let bytes) = element else { return nil }
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
