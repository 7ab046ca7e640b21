package import HTTP
import Locks
import LogFiles

/// What this process has read of the edge's log since its start, for metrics.
package struct LogReadingCounts: Sendable {
  /// Finished files that wait to be read, this one's own included; nil when the folder cannot be listed.
  package fileprivate(set) var waitingFiles: Int?
  package fileprivate(set) var lines = 0
  /// Lines that could not be understood.
  package fileprivate(set) var broken = 0
  /// When a run last ended without an error; nil: none has.
  package fileprivate(set) var lastRun: Instant?
}

extension LogReadingCounts {
  mutating func add(_ tally: Tally) {
    lines += tally.lines
    broken += tally.broken
  }

  mutating func end(at moment: Instant) {
    lastRun = moment
  }
}

extension CustomerModule {
  /// Nil where there are no statistics.
  package var logReadingCounts: LogReadingCounts? {
    guard let source = settings.statistics else { return nil }
    var counts = logCounts.withLock { $0 }
    counts.waitingFiles = try? source.folder.names().count
    return counts
  }
}
