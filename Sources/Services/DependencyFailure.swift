package import Database
package import HTTP

/// What a caller may know of a failing database: that a repeat will help, and when.
extension DatabaseError: ProblemConvertible {
  package var problem: Problem? {
    switch self {
    case .unavailable, .commitUnknown, .statementTimeout: Problem(.unavailable, retryAfterSeconds: 2)
    case .busy, .lockTimeout, .serializationFailure, .deadlock: Problem(.overloaded, retryAfterSeconds: 1)
    // Out of resources (53), a failing system below (58), or a server that only reads (25006).
    case .other(let state, _) where state.hasPrefix("53") || state.hasPrefix("58") || state == "25006":
      Problem(.unavailable, retryAfterSeconds: 5)
    default: nil
    }
  }
}
