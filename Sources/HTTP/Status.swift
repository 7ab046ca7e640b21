/// A status code (RFC 9110, section 15).
package struct Status: Hashable, Sendable {
  /// The three digits.
  package let code: Int

  package init(_ code: Int) {
    self.code = code
  }

  package static let ok = Status(200)
  package static let created = Status(201)
  package static let accepted = Status(202)
  package static let noContent = Status(204)
  package static let partialContent = Status(206)
  package static let permanentRedirect = Status(308)
  package static let found = Status(302)
  package static let seeOther = Status(303)
  package static let notModified = Status(304)
  package static let badRequest = Status(400)
  package static let notFound = Status(404)
  package static let methodNotAllowed = Status(405)
  package static let gone = Status(410)
  package static let preconditionFailed = Status(412)
  package static let rangeNotSatisfiable = Status(416)
  package static let misdirectedRequest = Status(421)
  package static let internalServerError = Status(500)
  package static let serviceUnavailable = Status(503)

  /// The words that stand beside the code; empty for one that we never send.
  package var reason: StaticString {
    switch code {
    case 200: "OK"
    case 201: "Created"
    case 202: "Accepted"
    case 204: "No Content"
    case 206: "Partial Content"
    case 301: "Moved Permanently"
    case 302: "Found"
    case 303: "See Other"
    case 304: "Not Modified"
    case 307: "Temporary Redirect"
    case 308: "Permanent Redirect"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 402: "Payment Required"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 409: "Conflict"
    case 410: "Gone"
    case 412: "Precondition Failed"
    case 413: "Content Too Large"
    case 415: "Unsupported Media Type"
    case 416: "Range Not Satisfiable"
    case 421: "Misdirected Request"
    case 422: "Unprocessable Content"
    case 429: "Too Many Requests"
    case 500: "Internal Server Error"
    case 503: "Service Unavailable"
    case 507: "Insufficient Storage"
    default: ""
    }
  }

  /// Whether an answer of this status has no content by definition.
  package var forbidsContent: Bool {
    code == 204 || code == 304 || code < 200
  }
}
