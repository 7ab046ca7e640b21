/// Numbers for the metrics, as they stand; counts are since the start.
package struct KVStatistics: Sendable {
  /// False from a failure until Redis answers again.
  package let isAvailable: Bool
  package let openConnections: Int
  package let idleConnections: Int
  package let cacheHits: Int
  package let cacheMisses: Int
  package let cacheInvalidations: Int
  package let cacheEvictions: Int
  package let cacheEntries: Int
  package let cacheBytes: Int
}

extension KV {
  /// The present numbers. Asks nothing of Redis.
  package func statistics() -> KVStatistics {
    let connections = pool.counts
    let cached = cache?.counts ?? ClientCache.Counts()
    return KVStatistics(
      isAvailable: breaker.isAvailable, openConnections: connections.open, idleConnections: connections.idle,
      cacheHits: cached.hits, cacheMisses: cached.misses, cacheInvalidations: cached.invalidations,
      cacheEvictions: cached.evictions, cacheEntries: cached.entries, cacheBytes: cached.bytes)
  }
}
