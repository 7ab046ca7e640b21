import HTTP
import KV
import Services
import Telemetry

/// The one place that turns errors into answers.
enum ErrorMapping {
  static func response(for error: any Error, _ exchange: Exchange, _ log: Log) -> Response {
    let problem = problem(for: error)
    if !(error is Problem) || problem.code == .internalError {
      // What is away is told once, when it goes; a line a request would bury that.
      let isInternal = problem.code == .internalError
      let needsAttention = isInternal || (error as? any ProblemConvertible)?.needsAttention == true
      log.write(
        needsAttention ? .error : .debug, isInternal ? "internal error" : "dependency failed",
        [
          ("request_id", .text(exchange.request.id)), ("route", .text(exchange.route.template)),
          ("error", .text("\(error)")),
        ])
    }
    return problem.response(exchange.language, requestID: exchange.request.id)
  }

  static func problem(for error: any Error) -> Problem {
    switch error {
    case let problem as Problem: problem
    case let failure as KVError: problem(for: failure)
    case let failure as any ProblemConvertible: failure.problem ?? Problem(.internalError)
    case is BodyReadError: Problem(.badRequest)
    default: Problem(.internalError)
    }
  }

  private static func problem(for failure: KVError) -> Problem {
    switch failure {
    case .unavailable, .outOfMemory: Problem(.unavailable, retryAfterSeconds: 2)
    case .busy: Problem(.overloaded, retryAfterSeconds: 1)
    default: Problem(.internalError)
    }
  }
}
