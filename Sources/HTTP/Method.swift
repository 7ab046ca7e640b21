/// A request method (RFC 9110, section 9).
package enum Method: String, Sendable {
  case get = "GET"
  case head = "HEAD"
  case post = "POST"
  case put = "PUT"
  case patch = "PATCH"
  case delete = "DELETE"
  case options = "OPTIONS"
  /// Any method that no route of ours knows.
  case other = "OTHER"

  /// Reads the method's token; an unknown one becomes ``other``, to be answered by 405.
  package init(token: String) {
    self = Method(rawValue: token) ?? .other
  }

  /// Whether the method is safe in the sense of RFC 9110, section 9.2.1: it changes nothing.
  package var isSafe: Bool {
    switch self {
    case .get, .head, .options: true
    case .post, .put, .patch, .delete, .other: false
    }
  }
}
