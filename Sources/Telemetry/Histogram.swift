/// Durations counted in the buckets that OpenTelemetry advises for `http.server.request.duration`.
struct Histogram {
  /// Upper bounds in microseconds.
  static let boundsMicroseconds: [Int64] = [
    5_000, 10_000, 25_000, 50_000, 75_000, 100_000, 250_000, 500_000, 750_000, 1_000_000, 2_500_000, 5_000_000,
    7_500_000, 10_000_000,
  ]

  private(set) var counts = [UInt64](repeating: 0, count: boundsMicroseconds.count + 1)
  private(set) var sumMicroseconds: Int64 = 0

  mutating func record(microseconds: Int64) {
    var index = 0
    while index < Self.boundsMicroseconds.count, microseconds > Self.boundsMicroseconds[index] { index += 1 }
    counts[index] += 1
    sumMicroseconds += microseconds
  }

  /// Appends the series of one set of labels in Prometheus' text format.
  func write(_ name: String, labels: String, to text: inout String) {
    var cumulative: UInt64 = 0
    for (index, count) in counts.enumerated() {
      cumulative += count
      let bound =
        index < Self.boundsMicroseconds.count ? "\(Double(Self.boundsMicroseconds[index]) / 1_000_000)" : "+Inf"
      text += "\(name)_bucket{\(labels),le=\"\(bound)\"} \(cumulative)\n"
    }
    text += "\(name)_sum{\(labels)} \(Double(sumMicroseconds) / 1_000_000)\n"
    text += "\(name)_count{\(labels)} \(cumulative)\n"
  }
}
