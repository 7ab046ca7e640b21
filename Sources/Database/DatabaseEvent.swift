/// What the database tells the log: changes of state, once each, and the server's notices.
package enum DatabaseEvent: Equatable, Sendable {
  /// A connection was made, for the first time or after `down`.
  case up
  /// No connection can be made.
  case down(reason: String)
  /// A NOTICE or WARNING of the server.
  case notice(severity: String, message: String)
}
