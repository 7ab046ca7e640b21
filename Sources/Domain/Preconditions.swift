import HTTP

/// What a request makes its answer depend on (RFC 9110, section 13.2.2).
enum Preconditions {
  case passed
  /// 412.
  case failed
  /// 304.
  case notModified

  /// - Parameters:
  ///   - entityTag: of the form that would be sent.
  ///   - lastModified: when that was made.
  init(_ request: Request, entityTag: String, lastModified: Instant) {
    if let field = request.parameter("HTTP_IF_MATCH") {
      guard Conditions.matches(field, entityTag, weak: false) else {
        self = .failed
        return
      }
    } else if let date = Self.date(request.parameter("HTTP_IF_UNMODIFIED_SINCE")), date < lastModified {
      self = .failed
      return
    }
    if let field = request.parameter("HTTP_IF_NONE_MATCH") {
      self = Conditions.matches(field, entityTag, weak: true) ? .notModified : .passed
    } else {
      // The very date, as nginx compares it: after going back to an older version, which has an older date, a later one
      // tells nothing.
      let date = Self.date(request.parameter("HTTP_IF_MODIFIED_SINCE"))
      self = date == lastModified ? .notModified : .passed
    }
  }

  /// A field that is no date counts as none.
  private static func date(_ field: String?) -> Instant? {
    field.flatMap { Instant(httpDate: $0) }
  }

  /// `If-Range`: a range of another representation than the one that the client has would be no use.
  static func isRangeCurrent(_ request: Request, entityTag: String, lastModified: Instant) -> Bool {
    guard let field = request.parameter("HTTP_IF_RANGE") else { return true }
    if field.hasPrefix("\"") { return field == entityTag }
    return date(field) == lastModified
  }
}
