import Database
import Jobs
import KV
import Mailer
import Telemetry

/// Changes of state of what Core depends on, one line each.
enum DependencyLog {
  static func write(_ event: DatabaseEvent, _ log: Log) {
    switch event {
    case .up: log.write(.info, "database up")
    case .down(let reason): log.write(.error, "database down", [("reason", .text(reason))])
    case .notice(let severity, let message):
      log.write(.info, "database notice", [("severity", .text(severity)), ("message", .text(message))])
    }
  }

  static func write(_ event: KVEvent, _ log: Log) {
    switch event {
    case .available: log.write(.info, "kv up")
    case .unavailable(let reason): log.write(.error, "kv down", [("reason", .text(reason))])
    case .cacheOn: log.write(.info, "kv cache on")
    case .cacheOff(let reason): log.write(.warning, "kv cache off", [("reason", .text(reason))])
    }
  }

  static func write(_ event: JobEvent, _ log: Log) {
    switch event {
    case .completed(let kind, let id, let attempt, let milliseconds):
      log.write(
        .info, "job completed",
        [
          ("kind", .text(kind)), ("job", .integer(Int64(id))), ("attempt", .integer(Int64(attempt))),
          ("duration_ms", .integer(Int64(milliseconds))),
        ])
    case .failed(let kind, let id, let attempt, let error, let delay):
      log.write(
        .warning, "job failed",
        [
          ("kind", .text(kind)), ("job", .integer(Int64(id))), ("attempt", .integer(Int64(attempt))),
          ("error", .text(error)), ("again_in_s", .milliseconds(delay)),
        ])
    case .discarded(let kind, let id, let attempt, let error):
      log.write(
        .error, "job discarded",
        [
          ("kind", .text(kind)), ("job", .integer(Int64(id))), ("attempt", .integer(Int64(attempt))),
          ("error", .text(error)),
        ])
    case .leaseLost(let kind, let id):
      log.write(.warning, "job lease lost", [("kind", .text(kind)), ("job", .integer(Int64(id)))])
    case .recovered(let count): log.write(.warning, "jobs recovered", [("count", .integer(Int64(count)))])
    case .queueFailed(let error): log.write(.error, "job queue failed", [("error", .text(error))])
    }
  }

  static func write(_ event: MailEvent, _ log: Log) {
    switch event {
    case .retried(let template, let mail, let reason):
      log.write(.warning, "mail not sent yet", mailFields(template, mail, reason))
    case .failed(let template, let mail, let reason):
      log.write(.error, "mail refused", mailFields(template, mail, reason))
    case .unknown(let template, let mail, let reason):
      log.write(.error, "mail perhaps sent", mailFields(template, mail, reason))
    case .halted(let reason): log.write(.error, "mails halted", [("reason", .text(reason))])
    case .paused(let reason): log.write(.error, "mail transport down", [("reason", .text(reason))])
    case .resumed: log.write(.info, "mails resumed")
    case .suppressed(let reason): log.write(.warning, "mail address suppressed", [("reason", .text(reason))])
    }
  }

  private static func mailFields(
    _ template: String, _ mail: String, _ reason: String
  ) -> [(StaticString, Log.Value)] {
    [("template", .text(template)), ("mail", .text(mail)), ("reason", .text(reason))]
  }
}
