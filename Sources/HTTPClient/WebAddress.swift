import CCurl

/// An http or https URL, taken apart by the library that connects, so that what is checked is what is used.
struct WebAddress: Equatable, Sendable {
  /// In normal form, without its fragment.
  let text: String
  let scheme: String
  /// In lower case.
  let host: String
  /// Scheme, host and port (RFC 6454).
  let origin: String

  init(_ text: String) throws(HTTPClientError) {
    try self.init(text, relativeTo: nil)
  }

  /// Where a `Location` leads from here (RFC 9110, 10.2.2).
  func following(_ location: String) throws(HTTPClientError) -> WebAddress {
    let next = try WebAddress(location, relativeTo: self)
    guard scheme == "http" || next.scheme == "https" else {
      throw .invalidURL("a redirect from https to http")
    }
    return next
  }

  private init(_ text: String, relativeTo base: WebAddress?) throws(HTTPClientError) {
    // A zero byte would end the text for libcurl, and what is checked would not be what was given.
    guard !text.utf8.contains(0) else { throw .invalidURL("a zero byte") }
    guard let parser = unsafe curl_url() else { throw .invalidURL("no memory") }
    defer { unsafe curl_url_cleanup(parser) }
    var code = CURLUE_OK
    if let base { code = unsafe curl_url_set(parser, CURLUPART_URL, base.text, 0) }
    // Servers send spaces and other characters in Location that should be encoded, and browsers encode them.
    let flags = UInt32(CURLU_DISALLOW_USER) | (base == nil ? 0 : UInt32(CURLU_URLENCODE))
    if code == CURLUE_OK { code = unsafe curl_url_set(parser, CURLUPART_URL, text, flags) }
    if code == CURLUE_OK { code = unsafe curl_url_set(parser, CURLUPART_FRAGMENT, nil, 0) }
    guard code == CURLUE_OK else { throw .invalidURL(unsafe String(cString: curl_url_strerror(code))) }
    guard let url = unsafe Self.part(CURLUPART_URL, of: parser),
      let scheme = unsafe Self.part(CURLUPART_SCHEME, of: parser),
      let host = unsafe Self.part(CURLUPART_HOST, of: parser), !host.isEmpty,
      let port = unsafe Self.part(CURLUPART_PORT, of: parser, flags: UInt32(CURLU_DEFAULT_PORT))
    else { throw .invalidURL("no host") }
    guard scheme == "http" || scheme == "https" else { throw .invalidURL("a scheme other than http and https") }
    self.text = url
    self.scheme = scheme
    self.host = host.lowercased()
    origin = "\(scheme)://\(self.host):\(port)"
  }

  private static func part(_ part: CURLUPart, of parser: OpaquePointer, flags: UInt32 = 0) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard unsafe curl_url_get(parser, part, &text, flags) == CURLUE_OK, let text = unsafe text else { return nil }
    defer { unsafe curl_free(text) }
    return unsafe String(cString: text)
  }
}
