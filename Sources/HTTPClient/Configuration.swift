extension HTTPClient {
  /// What holds for all requests of a client. Nothing of it is read from the environment, `https_proxy` included: that
  /// is for the program that makes the client to do.
  package struct Configuration: Sendable {
    /// The most connections, and so requests at once; beyond it a caller waits until `waitMilliseconds`.
    package var connections = 16
    package var waitMilliseconds = 1000
    /// For the name's look-up, the connection and TLS together.
    package var connectMilliseconds = 5000
    /// From the begin of the request to the end of the answer, redirects included.
    package var totalMilliseconds = 30_000
    /// How long an unused connection is kept; it is closed at the next request after that.
    package var idleMilliseconds = 60_000
    /// The longest answer, in bytes, as it is after decompression.
    package var responseLimit = 4 << 20
    /// The longest header section of an answer, in bytes, interim answers included.
    package var headerLimit = 64 << 10
    /// How many redirects are followed; each hop is checked anew. With 0 a redirect is an answer like any other.
    package var redirects = 0
    /// Whether the addresses connected to must be public: for URLs that a user names.
    package var publicAddressesOnly = false
    /// Addresses (`192.0.2.1`, or IPv6 with all its groups) that count as public: stand-ins, or what is the operator's own
    /// and yet for everybody.
    package var furtherAddresses: Set<String> = []
    /// The least time between the beginnings of two requests to one host, redirects included; 0: none. It is waited for,
    /// within the request's own time.
    package var hostGapMilliseconds = 0
    /// An HTTP proxy (`http://host:port`) for all but loopback; nil: none. Unused with `publicAddressesOnly`, since
    /// the proxy would connect to addresses that are not seen here.
    package var proxy: String?
    /// A file of further certificate authorities (PEM); nil: the system's.
    package var certificateAuthorities: String?
    package var userAgent = "SmartPages"

    package init() {}
  }
}
