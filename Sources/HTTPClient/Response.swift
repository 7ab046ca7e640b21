extension HTTPClient {
  /// An answer, whole.
  package struct Response: Sendable {
    package let status: Int
    /// Names in lower case, in the order of their arrival.
    package let headers: [(name: String, value: String)]
    /// Decompressed, should `content-encoding` name a compression.
    package let body: [UInt8]

    package init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
      self.status = status
      self.headers = headers
      self.body = body
    }

    /// The first field of that name (in lower case).
    package func header(_ name: String) -> String? {
      headers.first { $0.name == name }?.value
    }
  }
}
