import Database
import HTTP

extension Instant {
  /// The same moment, as the database holds it.
  init(_ timestamp: Timestamp) {
    self.init(microseconds: timestamp.microseconds)
  }
}

extension Timestamp {
  /// The same moment, as the API shows it.
  init(_ instant: Instant) {
    self.init(microseconds: instant.microseconds)
  }
}
