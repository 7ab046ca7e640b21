/// The pool at one moment, for metrics.
package struct PoolStatistics: Equatable, Sendable {
  /// Connections lent to callers.
  package var inUse = 0
  package var idle = 0
  /// Callers waiting for a connection.
  package var waiting = 0
  /// Connections opened since the start.
  package var opened = 0
  /// Attempts to connect that failed since the start.
  package var failed = 0
  /// Whether the last attempt to connect succeeded; nil before the first.
  package var isUp: Bool?
}
