import CCurl

/// Lines as libcurl's list, which lives as long as this object.
@safe final class CurlList {
  private(set) var first: UnsafeMutablePointer<curl_slist>?

  init(_ lines: [String]) {
    for line in lines {
      if let list = unsafe curl_slist_append(first, line) { unsafe first = list }
    }
  }

  /// The header fields of a request.
  convenience init(headersOf request: HTTPClient.Request) {
    var names: Set<String> = []
    var lines: [String] = []
    for (name, value) in request.headers {
      names.insert(name.lowercased())
      let value = value.drop { $0 == " " || $0 == "\t" }
      // libcurl takes `name:` for its removal, and `name;` for an empty one.
      lines.append(value.isEmpty ? "\(name);" : "\(name): \(value)")
    }
    // A body has no type unless the caller says so, and no permission to send it is waited for.
    if !names.contains("content-type") { lines.append("Content-Type:") }
    lines.append("Expect:")
    self.init(lines)
  }

  deinit {
    unsafe curl_slist_free_all(first)
  }
}
