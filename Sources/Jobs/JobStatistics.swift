/// The queue at one moment, for metrics.
package struct JobStatistics: Equatable, Sendable {
  /// Due and waiting for a runner.
  package let available: Int
  /// Waiting for their time.
  package let scheduled: Int
  package let running: Int
  /// Given up; a person should look.
  package let discarded: Int
  /// How long the oldest available job has been due; 0 when none is.
  package let oldestSeconds: Double
}
