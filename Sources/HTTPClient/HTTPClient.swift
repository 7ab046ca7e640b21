/// Blocking HTTP requests to other services, over connections that are kept (libcurl).
package final class HTTPClient: Sendable {
  private let configuration: Configuration

  package init(_ configuration: Configuration = Configuration()) {
    self.configuration = configuration
  }

  /// Sends a request and waits for the whole answer; any status is an answer.
  package func send(_ request: Request) throws(HTTPClientError) -> Response {
    throw .connect("not connected")
  }
}
