import Billing
import Services
import Telemetry

/// What Billing tells the log and Prometheus.
enum BillingReport {
  static func write(_ event: BillingEvent, _ log: Log) {
    switch event {
    case .eventParked(let id, let type, let reason):
      log.write(.warning, "event parked", [("id", .text(id)), ("type", .text(type)), ("reason", .text(reason))])
    case .syncFailed(let customer, let error, let seconds):
      log.write(
        .warning, "sync failed",
        [("stripe_customer", .text(customer)), ("error", .text(error)), ("again_in_s", .milliseconds(seconds))])
    case .eventsDead(let customer, let count, let reason):
      log.write(
        .error, "events dead",
        [("stripe_customer", .text(customer)), ("count", .integer(Int64(count))), ("reason", .text(reason))])
    case .drift(let customer, let kind, let detail):
      log.write(
        .warning, "billing drift",
        [("customer", .text(customer?.text ?? "-")), ("kind", .text(kind)), ("detail", .text(detail))])
    case .alarm(let customer, let kind, let detail):
      log.write(
        .error, "billing alarm",
        [("customer", .text(customer.text)), ("kind", .text(kind)), ("detail", .text(detail))])
    case .roundCompleted(let customers, let repaired):
      log.write(
        .info, "customers compared",
        [("customers", .integer(Int64(customers))), ("repaired", .integer(Int64(repaired)))])
    }
  }

  static func register(_ metrics: Metrics, _ billing: BillingModule) {
    metrics.counter("smartpages_webhooks_total", "Webhooks of the payment provider.") {
      let counts = billing.counts
      return [
        .init("result=\"accepted\"", Double(counts.accepted)), .init("result=\"repeated\"", Double(counts.repeated)),
        .init("result=\"refused\"", Double(counts.refused)),
      ]
    }
    metrics.counter("smartpages_billing_syncs_total", "Fetches of a customer from the payment provider.") {
      let counts = billing.counts
      return [
        .init("result=\"done\"", Double(counts.syncs)), .init("result=\"failed\"", Double(counts.failedSyncs)),
      ]
    }
    metrics.gauge("smartpages_billing_events", "Events of the inbox that are not processed, by state.") {
      (try? billing.statistics().openEvents)?.map { .init("state=\"\($0.state)\"", Double($0.count)) } ?? []
    }
    metrics.gauge("smartpages_billing_alarms", "What lasts and a person must look at, by kind.") {
      (try? billing.statistics().alarms)?.map { .init("kind=\"\($0.kind)\"", Double($0.count)) } ?? []
    }
    metrics.counter("smartpages_billing_drifts_total", "Differences that no event had told of, repaired, by kind.") {
      (try? billing.statistics().drifts)?.map { .init("kind=\"\($0.kind)\"", Double($0.count)) } ?? []
    }
  }
}
