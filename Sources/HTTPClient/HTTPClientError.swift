/// Why there is no answer. The texts are for the log: they name hosts and addresses, never paths, queries or headers.
package enum HTTPClientError: Error, Sendable, Equatable {
  /// The URL is malformed, or its scheme or credentials are not allowed.
  case invalidURL(String)
  /// The method or a header field cannot be sent as it is: a line break in it, or a field that is the client's own.
  case invalidRequest(String)
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
  /// The answer, or its header section, is longer than allowed; the request may have had its effect.
  case tooLarge
  case tooManyRedirects
  /// All connections are in use.
  case busy

  /// Whether the request certainly had no effect.
  package var isUnsent: Bool {
    switch self {
    case .invalidURL, .invalidRequest, .refusedAddress, .connect, .tls, .busy: true
    case .timeout, .interrupted, .tooLarge, .tooManyRedirects: false
    }
  }

  /// The same on a later hop of a request that is not safe: the first hop was sent, whatever happened afterwards.
  var afterRedirect: HTTPClientError {
    isUnsent ? .interrupted("after a redirect: \(self)") : self
  }
}
