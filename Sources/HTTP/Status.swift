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

  /// Whether an answer of this status has no content by definition.
  package var forbidsContent: Bool {
    code == 204 || code == 304 || code < 200
  }
}
