/// Why a call to Redis gave no result.
package enum KVError: Error, Equatable, Sendable {
  /// Redis is away, too slow or not ready; the text says how. Worth a 503.
  case unavailable(String)
  /// Redis is full and, by `noeviction`, refuses to write. Nothing was evicted and nothing written.
  case outOfMemory
  /// Redis refused the command itself, for example by a wrong type.
  case reply(String)
  /// No connection became free in time.
  case busy

  /// Sorts an error reply that left the connection usable.
  init(reply text: String) {
    if text.hasPrefix("OOM ") {
      self = .outOfMemory
    } else if text.hasPrefix("MISCONF ") || text.hasPrefix("NOREPLICAS ") {
      // Redis answers reads but can't make a write durable, say because its disk is full.
      self = .unavailable(text)
    } else {
      self = .reply(text)
    }
  }
}
