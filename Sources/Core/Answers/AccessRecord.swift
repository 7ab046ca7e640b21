import HTTP
import Services
import Telemetry

/// One line of the log and one count of the metrics for each request.
enum AccessRecord {
  static func write(_ exchange: Exchange, _ response: Response, _ log: Log, _ metrics: Metrics) {
    let request = exchange.request
    let duration = Instant.now.microseconds - request.startedAt.microseconds
    let template = exchange.route.template
    metrics.record(
      route: template, method: request.method.rawValue, status: response.status.code, microseconds: duration)
    var fields: [(StaticString, Log.Value)] = [
      ("request_id", .text(request.id)), ("method", .text(request.method.rawValue)), ("route", .text(template)),
      ("status", .integer(Int64(response.status.code))), ("duration_ms", .milliseconds(Double(duration) / 1000)),
      ("queue_ms", .integer(max(0, request.startedAt.milliseconds(since: request.receivedAt)))),
    ]
    if case .user(let session) = exchange.identity {
      if let membership = session.standing.membership {
        fields.append(("customer", .text(membership.customer.text)))
      }
      fields.append(("session", .text(session.record.id)))
    }
    // W3C Trace Context, version 00: 55 characters.
    if let trace = request.parameter("HTTP_TRACEPARENT"), trace.utf8.count == 55 {
      fields.append(("traceparent", .text(trace)))
    }
    log.write(.info, "request", fields)
  }
}
