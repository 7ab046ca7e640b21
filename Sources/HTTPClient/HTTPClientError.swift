/// Why there is no answer.
package enum HTTPClientError: Error, Sendable, Equatable {
  /// The URL is malformed, or its scheme or credentials are not allowed.
  case invalidURL(String)
  /// A user-named URL leads to an address that is not public.
  case refusedAddress(String)
  /// No connection came about, so nothing was sent.
  case connect(String)
  /// TLS failed: the peer could not be verified.
  case tls(String)
  /// The time ran out; the request may have had its effect.
  case timeout
  /// The connection broke; the request may have had its effect.
  case interrupted(String)
  case tooLarge
  case tooManyRedirects
  /// All connections are in use.
  case busy

  /// Whether the request certainly had no effect.
  package var isUnsent: Bool {
    switch self {
    case .invalidURL, .refusedAddress, .connect, .tls, .busy: true
    case .timeout, .interrupted, .tooLarge, .tooManyRedirects: false
    }
  }
}
