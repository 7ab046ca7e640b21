/// Where a request's parts come from: the FastCGI connection in production, a table in unit tests.
///
/// Parameters are named as in CGI (RFC 3875): `REQUEST_METHOD`, `HTTP_COOKIE` and so on.
package protocol RequestSource: AnyObject {
  /// The parameter's value, or nil when nginx sent none.
  func parameter(_ name: StaticString) -> String?
  /// Up to `limit` bytes of the body; nil when the body is longer than that.
  func readBody(limit: Int) throws(BodyReadError) -> [UInt8]?
}

/// The body could not be read to its end: the client or nginx went away, or took too long.
package struct BodyReadError: Error {
  package init() {}
}

/// One HTTP request as nginx passed it on; valid only until its handler returns.
///
/// The parts that every request needs are read at once, headers only when asked for.
package struct Request {
  package let method: Method
  /// The path as it was sent, percent-encoding and all, without the query.
  package let path: Substring
  /// What follows the first question mark, still encoded; empty when there is none.
  package let query: Substring
  /// The host that was asked for, lower case, without its port; empty when none was sent.
  package let host: String
  /// Whether the client spoke TLS with nginx.
  package let isSecure: Bool
  /// The id that nginx gave this request: 32 hexadecimal digits.
  package let id: String
  /// When nginx received the request.
  package let receivedAt: Instant
  /// When a worker took the request up.
  package let startedAt: Instant
  private let source: any RequestSource

  package init(source: any RequestSource, startedAt: Instant) {
    self.source = source
    self.startedAt = startedAt
    method = Method(token: source.parameter("REQUEST_METHOD") ?? "")
    let target = source.parameter("REQUEST_URI") ?? "/"
    if let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) {
      path = target[..<mark]
      query = target[target.utf8.index(after: mark)...]
    } else {
      path = target[...]
      query = ""
    }
    host = Self.hostName(source.parameter("HTTP_HOST") ?? "")
    isSecure = source.parameter("SMARTPAGES_SCHEME") == "https"
    id = source.parameter("REQUEST_ID") ?? ""
    receivedAt = Instant(nginxMilliseconds: source.parameter("REQUEST_RECEIVED_MSEC")) ?? startedAt
  }

  /// A parameter by its CGI name, for example `REMOTE_ADDR`.
  package func parameter(_ name: StaticString) -> String? {
    source.parameter(name)
  }

  /// The body, read now.
  ///
  /// - Parameter limit: the longest body to take, in bytes; a longer one is refused with 413.
  package func body(limit: Int) throws -> [UInt8] {
    if let length = source.parameter("CONTENT_LENGTH").flatMap({ Int($0) }), length > limit {
      throw Problem(.bodyTooLarge)
    }
    guard let bytes = try source.readBody(limit: limit) else { throw Problem(.bodyTooLarge) }
    return bytes
  }

  /// Lower-cases the host and takes its port off; an IPv6 literal keeps its brackets.
  private static func hostName(_ field: String) -> String {
    let bytes = field.utf8
    var end = bytes.endIndex
    if let colon = bytes.lastIndex(of: UInt8(ascii: ":")),
      bytes[bytes.index(after: colon)...].allSatisfy({ (0x30...0x39).contains($0) })
    {
      end = colon
    }
    let name = field[..<end]
    return name.utf8.contains { (0x41...0x5A).contains($0) } ? name.lowercased() : String(name)
  }
}
