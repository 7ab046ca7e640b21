extension KV {
  /// A leaking bucket a key: its level and when that was true, by Redis's clock. A clock set back leaks nothing for a
  /// while instead of refusing until it has caught up.
  private static let take = Script(
    """
    local time = redis.call('TIME')
    local now = time[1] * 1000 + time[2] / 1000
    local levels, remaining, wait = {}, math.huge, 0
    for i, key in ipairs(KEYS) do
      local count, window = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
      local level = 0
      local kept = redis.call('GET', key)
      if kept then
        local was, at = string.match(kept, '^(%S+) (%S+)$')
        level = math.max(0, tonumber(was) - math.max(0, now - tonumber(at)) * count / window)
      end
      levels[i] = level + 1
      remaining = math.min(remaining, math.floor(count - level - 1 + 1e-6))
      wait = math.max(wait, math.ceil((level + 1 - count - 1e-6) * window / count))
    end
    if wait > 0 then return {0, 0, wait} end
    for i, key in ipairs(KEYS) do
      local count, window = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
      local left = math.ceil(levels[i] * window / count)
      redis.call('SET', key, string.format('%.9f %.3f', levels[i], now), 'PX', left)
    end
    return {1, math.max(0, remaining), 0}
    """)

  /// Counts one use of a key, unless its limit refuses.
  package func limit(_ key: String, rate: RateLimit) throws(KVError) -> RateDecision {
    try limits([RateDemand(key, rate)])
  }

  /// Counts one use of each key, all at once, unless one refuses; then none is counted.
  package func limits(_ demands: [RateDemand]) throws(KVError) -> RateDecision {
    let arguments = demands.flatMap { [Command.Argument.integer($0.rate.count), .integer($0.rate.windowMs)] }
    let reply = try run(Self.take, keys: demands.map(\.key), arguments: arguments)
    guard case .array(let parts) = reply, parts.count == 3, case .integer(let allowed) = parts[0],
      case .integer(let remaining) = parts[1], case .integer(let wait) = parts[2]
    else { throw .reply("not a decision: \(reply)") }
    return RateDecision(allowed: allowed == 1, remaining: remaining, retryAfterMs: wait)
  }
}
