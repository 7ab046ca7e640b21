import Mailer
import Telemetry

/// What Core tells Prometheus about mails.
enum MailMetrics {
  static func register(_ metrics: Metrics, _ mailer: MailerModule) {
    metrics.counter("smartpages_mails_total", "What became of mails in this process.") {
      mailer.counters.all.map { .init("outcome=\"\($0.outcome.rawValue)\"", Double($0.count)) }
    }
    metrics.gauge("smartpages_mails_waiting", "Mails that wait to be sent, by lane.") {
      guard let state = try? mailer.statistics() else { return [] }
      return MailLane.allCases.map { .init("lane=\"\($0)\"", Double(state.waiting[$0] ?? 0)) }
    }
    metrics.gauge("smartpages_mails_unsent", "Mails of the last month that were not sent, by state.") {
      guard let state = try? mailer.statistics() else { return [] }
      return state.settled.map { .init("state=\"\($0.state)\"", Double($0.count)) }
    }
    metrics.gauge("smartpages_mails_oldest_seconds", "How long the oldest waiting mail has waited.") {
      (try? mailer.statistics()).map { [.init("", $0.oldestSeconds)] } ?? []
    }
    metrics.gauge("smartpages_mail_halted", "1 when no mail leaves until an operator or time mends it.") {
      (try? mailer.statistics()).map { [.init("", $0.halted == nil ? 0 : 1)] } ?? []
    }
    metrics.gauge("smartpages_mail_suppressed_addresses", "Addresses that get no mail.") {
      (try? mailer.statistics()).map { [.init("", Double($0.suppressedAddresses))] } ?? []
    }
  }
}
