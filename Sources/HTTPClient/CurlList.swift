import CCurl

/// The header fields of a request as libcurl's list, which lives as long as this object.
@safe final class HeaderList {
  private(set) var first: UnsafeMutablePointer<curl_slist>?

  init(_ request: HTTPClient.Request) {
    var names: Set<String> = []
    for (name, value) in request.headers {
      names.insert(name.lowercased())
      let value = value.drop { $0 == " " || $0 == "\t" }
      // libcurl takes `name:` for its removal, and `name;` for an empty one.
      append(value.isEmpty ? "\(name);" : "\(name): \(value)")
    }
    // A body has no type unless the caller says so, and no permission to send it is waited for.
    if !names.contains("content-type") { append("Content-Type:") }
    append("Expect:")
  }

  deinit {
    unsafe curl_slist_free_all(first)
  }

  private func append(_ line: String) {
    if let list = unsafe curl_slist_append(first, line) { unsafe first = list }
  }
}
