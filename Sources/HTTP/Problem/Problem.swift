/// An expected failure, told to the client as `application/problem+json` (RFC 9457).
///
/// A problem holds nothing internal: its texts come from ``ProblemCode`` in the caller's language.
package struct Problem: Error, Equatable {
  package let code: ProblemCode
  /// The fields of the body that were refused, if any.
  package var errors: [FieldError] = []
  /// Seconds after which a repeat makes sense (`Retry-After`).
  package var retryAfterSeconds: Int?
  /// Further members of the document, for example `remaining_tries`.
  package var members: [JSON.Member] = []
  /// The methods that the resource has (`Allow`), for 405.
  package var allow: String?

  package init(_ code: ProblemCode) {
    self.code = code
  }

  package init(_ code: ProblemCode, retryAfterSeconds: Int) {
    self.code = code
    self.retryAfterSeconds = retryAfterSeconds
  }

  package init(_ code: ProblemCode, members: [JSON.Member]) {
    self.code = code
    self.members = members
  }

  /// A body whose fields were refused (422).
  package init(invalid errors: [FieldError]) {
    code = .invalidBody
    self.errors = errors
  }

  /// A method that the resource does not have (405).
  package init(methodNotAllowed allow: String) {
    code = .methodNotAllowed
    self.allow = allow
  }

  /// The answer for a client that reads `language`.
  package func response(_ language: Language, requestID: String) -> Response {
    var document: [JSON.Member] = [
      .init("type", .string("https://smartpages.example/problems/\(code.rawValue)")),
      .init("title", .string(code.text(language).title)),
      .init("status", .integer(Int64(code.status.code))),
      .init("code", .string(code.rawValue)),
      .init("detail", .string(code.text(language).detail)),
      .init("request_id", .string(requestID)),
    ]
    if !errors.isEmpty { document.append(.init("errors", .array(errors.map { $0.json(language) }))) }
    if let retryAfterSeconds { document.append(.init("retry_after", .integer(Int64(retryAfterSeconds)))) }
    document.append(contentsOf: members)
    var headers: Headers = ["Content-Type": "application/problem+json", "Content-Language": language.rawValue]
    if let retryAfterSeconds { headers.append("Retry-After", String(retryAfterSeconds)) }
    if let allow { headers.append("Allow", allow) }
    return Response(code.status, headers: headers, body: .bytes(JSON.object(document).bytes))
  }
}

/// One refused field of a body.
package struct FieldError: Error, Equatable {
  /// Where in the body: a JSON pointer (RFC 6901), for example `/blocks/2/url`.
  package let pointer: String
  package let code: FieldErrorCode

  package init(_ pointer: String, _ code: FieldErrorCode) {
    self.pointer = pointer
    self.code = code
  }

  func json(_ language: Language) -> JSON {
    var members: [JSON.Member] = [
      .init("pointer", .string(pointer)), .init("code", .string(code.name)),
      .init("detail", .string(code.detail(language))),
    ]
    if case .lowContrast(let nearest) = code { members.append(.init("nearest", .string(nearest))) }
    return .object(members)
  }
}
