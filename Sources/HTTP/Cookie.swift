/// Reading and writing cookies (RFC 6265).
package enum Cookie {
  /// The value of the first cookie of that name in a `Cookie` field.
  package static func value(_ name: String, in field: String?) -> String? {
    guard let field else { return nil }
    let bytes = field.utf8
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: ";")) ?? bytes.endIndex
      var first = start
      while first < end, bytes[first] == UInt8(ascii: " ") { first = bytes.index(after: first) }
      if let equals = bytes[first..<end].firstIndex(of: UInt8(ascii: "=")),
        bytes[first..<equals].elementsEqual(name.utf8)
      {
        return String(field[bytes.index(after: equals)..<end])
      }
      start = end < bytes.endIndex ? bytes.index(after: end) : bytes.endIndex
    }
    return nil
  }

  /// A `Set-Cookie` value for the whole host: HttpOnly, SameSite=Lax, and Secure when asked for.
  ///
  /// - Parameter maxAgeSeconds: the life of the cookie; 0 removes it.
  package static func set(_ name: String, _ value: String, maxAgeSeconds: Int, secure: Bool) -> String {
    "\(name)=\(value); Path=/; Max-Age=\(maxAgeSeconds); HttpOnly; SameSite=Lax\(secure ? "; Secure" : "")"
  }
}
