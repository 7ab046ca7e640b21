/// A change worth one line in the log.
package enum KVEvent: Sendable, Equatable {
  /// Redis can't be used; the text says why.
  case unavailable(String)
  /// Redis can be used again.
  case available
  /// The in-process cache was emptied and stays off; the text says why.
  case cacheOff(String)
  /// The in-process cache is in use.
  case cacheOn
}
