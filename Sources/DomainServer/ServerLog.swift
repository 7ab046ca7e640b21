import FastCGI
import Telemetry

/// The FastCGI server's changes of state, one line each.
enum ServerLog {
  static func write(_ event: ServerEvent, _ log: Log) {
    switch event {
    case .listening: log.write(.info, "listening")
    case .acceptFailed(let code): log.write(.error, "accept failed", [("errno", .integer(Int64(code)))])
    case .connectionsFull: log.write(.warning, "connections full")
    case .draining(let connections): log.write(.info, "draining", [("connections", .integer(Int64(connections)))])
    case .stopped(let cut): log.write(cut > 0 ? .warning : .info, "drained", [("cut", .integer(Int64(cut)))])
    }
  }
}
