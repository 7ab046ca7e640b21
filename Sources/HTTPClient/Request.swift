extension HTTPClient {
  /// A request as it is sent.
  package struct Request: Sendable {
    package var method: String
    package var url: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]?
    /// In place of the client's; nil: the client's.
    package var totalMilliseconds: Int?

    package init(
      _ method: String, _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil,
      totalMilliseconds: Int? = nil
    ) {
      self.method = method
      self.url = url
      self.headers = headers
      self.body = body
      self.totalMilliseconds = totalMilliseconds
    }
  }
}
