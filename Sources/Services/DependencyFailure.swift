package import Database
package import HTTP

/// What a caller may know of a failing database: that a repeat will help, and when.
extension DatabaseError: ProblemConvertible {
  package var problem: Problem? {
    switch self {
    case .unavailable, .commitUnknown, .statementTimeout: Problem(.unavailable, retryAfterSeconds: 2)
    case .busy, .lockTimeout, .serializationFailure, .deadlock: Problem(.overloaded, retryAfterSeconds: 1)
    default: nil
    }
  }
}
