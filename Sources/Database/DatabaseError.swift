/// What can go wrong between a statement and its rows. Messages are the server's first line: they hold no values.
package enum DatabaseError: Error, Equatable, Sendable {
  case uniqueViolation(constraint: String)
  case foreignKeyViolation(constraint: String)
  case checkViolation(constraint: String)
  case notNullViolation(column: String)
  /// The transaction met another one (40001); `Database.transaction` has already repeated it.
  case serializationFailure
  /// The server ended a circle of waits (40P01); `Database.transaction` has already repeated it.
  case deadlock
  /// A statement ran longer than the configured limit (57014).
  case statementTimeout
  /// A lock was not to be had within the configured limit (55P03).
  case lockTimeout
  /// No connection could be made, or it was lost before COMMIT was sent: nothing has changed in the database.
  /// Outside a transaction a lost connection leaves open whether the statement took effect.
  case unavailable(reason: String)
  /// All connections were in use for as long as the caller may wait, or too many callers wait already.
  case busy
  /// The connection was lost during COMMIT: the transaction took effect or it did not.
  case commitUnknown
  /// A column that is missing, NULL or of another type than was asked for.
  case column(name: String, problem: String)
  /// The API was used in a way that could lock up the pool.
  case misuse(String)
  /// Any other error, by its SQLSTATE (PostgreSQL manual, appendix A).
  case other(sqlState: String, message: String)
}

extension DatabaseError {
  /// Whether running the same transaction again can succeed.
  var isRetryable: Bool {
    switch self {
    case .serializationFailure, .deadlock: true
    default: isStalePlan
    }
  }

  /// Whether a prepared statement does not fit the schema any more, or is gone (DISCARD): preparing it again helps.
  var isStalePlan: Bool {
    switch self {
    case .other("26000", _): true
    case .other("0A000", let message): message.hasPrefix("cached plan must not change result type")
    default: false
    }
  }

  init(sqlState: String, message: String, constraint: String, column: String) {
    self =
      switch sqlState {
      case "23505": .uniqueViolation(constraint: constraint)
      case "23503": .foreignKeyViolation(constraint: constraint)
      case "23514": .checkViolation(constraint: constraint)
      case "23502": .notNullViolation(column: column)
      case "40001": .serializationFailure
      case "40P01": .deadlock
      case "57014": .statementTimeout
      case "55P03": .lockTimeout
      // The server is starting, stopping or full, or has closed this session.
      case "57P01", "57P02", "57P03", "57P05", "25P03", "25P04", "53300": .unavailable(reason: message)
      default:
        sqlState.hasPrefix("08") ? .unavailable(reason: message) : .other(sqlState: sqlState, message: message)
      }
  }
}
