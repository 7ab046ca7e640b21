import Locks

/// What the internal listener tells Prometheus (text format 0.0.4).
package final class Metrics: Sendable {
  /// One value with its labels, as in `state="available"`; no labels when empty.
  package struct Sample: Sendable {
    package let labels: String
    package let value: Double

    package init(_ labels: String, _ value: Double) {
      self.labels = labels
      self.value = value
    }
  }

  private struct Series: Hashable {
    let route: String
    let method: String
    let status: Int
  }

  private struct Reading: Sendable {
    let name: String
    let help: String
    let type: String
    let read: @Sendable () -> [Sample]
  }

  /// Guards the histograms; held for some tens of nanoseconds.
  private let requests = Locked<[Series: Histogram]>([:])
  /// Guards the list of readings, which is made at the start.
  private let readings = Locked<[Reading]>([])

  package init() {}

  /// Counts one answered request.
  ///
  /// - Parameters:
  ///   - route: the route's template, never the path itself, so that series stay few.
  package func record(route: String, method: String, status: Int, microseconds: Int64) {
    requests.withLock {
      $0[Series(route: route, method: method, status: status), default: Histogram()].record(microseconds: microseconds)
    }
  }

  /// Adds a value that is read when Prometheus asks.
  package func gauge(_ name: String, _ help: String, _ read: @escaping @Sendable () -> [Sample]) {
    readings.withLock { $0.append(Reading(name: name, help: help, type: "gauge", read: read)) }
  }

  /// Adds a value that only grows.
  package func counter(_ name: String, _ help: String, _ read: @escaping @Sendable () -> [Sample]) {
    readings.withLock { $0.append(Reading(name: name, help: help, type: "counter", read: read)) }
  }

  /// All that is known now.
  package func text() -> String {
    let name = "http_server_request_duration_seconds"
    var text = "# HELP \(name) Time from a worker's taking the request to its answer.\n# TYPE \(name) histogram\n"
    let series = requests.withLock { $0 }
    for (key, histogram) in series.sorted(by: { ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status) }) {
      histogram.write(
        name,
        labels: "http_route=\"\(key.route)\",http_request_method=\"\(key.method)\","
          + "http_response_status_code=\"\(key.status)\"",
        to: &text)
    }
    for reading in readings.withLock({ $0 }) {
      text += "# HELP \(reading.name) \(reading.help)\n# TYPE \(reading.name) \(reading.type)\n"
      for sample in reading.read() {
        text += "\(reading.name)\(sample.labels.isEmpty ? "" : "{\(sample.labels)}") \(sample.value)\n"
      }
    }
    return text
  }
}
