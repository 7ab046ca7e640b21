import Customer
import Telemetry

/// What Core tells Prometheus of customers' certificates.
enum CertificateMetrics {
  static func register(_ metrics: Metrics, _ customer: CustomerModule) {
    metrics.gauge("smartpages_certificates", "Certificates of customers' domains by state.") {
      guard let certificates = try? customer.certificateStatistics() else { return [] }
      return [
        .init("state=\"waiting\"", Double(certificates.waiting)),
        .init("state=\"issued\"", Double(certificates.issued)),
        .init("state=\"failing\"", Double(certificates.failing)),
      ]
    }
    metrics.gauge(
      "smartpages_certificates_soonest_end_seconds", "When the first certificate ends, in seconds since 1970."
    ) {
      (try? customer.certificateStatistics())?.soonestEnd.map { [.init("", $0)] } ?? []
    }
  }
}
