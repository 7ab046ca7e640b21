package import HTTPClient

/// Resend's API (https://resend.com/docs/api-reference).
package struct ResendAPI: Sendable {
  private let client: HTTPClient
  private let origin: String
  private let key: String

  /// - Parameter origin: `https://api.resend.com`, or a stand-in.
  package init(client: HTTPClient, origin: String, key: String) {
    self.client = client
    self.origin = origin
    self.key = key
  }
}
