/// What a request must keep to before it is put on the wire.
enum RequestCheck {
  /// Fields that frame the message or rule the connection: a caller's could contradict what is sent.
  private static let ownFields: Set<String> = [
    "connection", "content-length", "expect", "keep-alive", "proxy-authorization", "proxy-connection", "te", "trailer",
    "transfer-encoding", "upgrade",
  ]

  static func check(_ request: HTTPClient.Request) throws(HTTPClientError) {
    guard isToken(request.method), !["CONNECT", "TRACE"].contains(request.method) else {
      throw .invalidRequest("a method that cannot be sent")
    }
    if request.method == "HEAD", request.body != nil { throw .invalidRequest("a HEAD with a body") }
    for (name, value) in request.headers {
      guard isToken(name) else { throw .invalidRequest("a malformed name of a header field") }
      guard !ownFields.contains(name.lowercased()) else { throw .invalidRequest("\(name) is the client's to send") }
      // A line break would begin a field, or a request, of the value's choice.
      guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
        throw .invalidRequest("a control character in \(name)")
      }
    }
  }

  /// RFC 9110, 5.6.2.
  private static func isToken(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }
}
