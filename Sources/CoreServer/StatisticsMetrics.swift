import Customer
import HTTP
import Telemetry

/// What Core tells Prometheus about the reader of the edge's log. Each process tells of what it has read itself; where
/// nothing of the kind is set up, there is nothing to tell.
enum StatisticsMetrics {
  static func register(_ metrics: Metrics, _ customer: CustomerModule) {
    guard customer.logReadingCounts != nil else { return }
    metrics.gauge("smartpages_statistics_files_waiting", "Finished files of the edge's log that wait to be read.") {
      customer.logReadingCounts?.waitingFiles.map { [.init("", Double($0))] } ?? []
    }
    metrics.counter("smartpages_statistics_lines_total", "Lines of the edge's log that were read, by what they were.") {
      guard let counts = customer.logReadingCounts else { return [] }
      return [
        .init("state=\"understood\"", Double(counts.lines - counts.broken)),
        .init("state=\"broken\"", Double(counts.broken)),
      ]
    }
    metrics.gauge("smartpages_statistics_last_run_seconds", "When the log was last read without error, since 1970.") {
      customer.logReadingCounts?.lastRun.map { [.init("", Double($0.seconds))] } ?? []
    }
  }
}
