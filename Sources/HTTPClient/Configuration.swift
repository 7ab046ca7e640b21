extension HTTPClient {
  /// What holds for all requests of a client.
  package struct Configuration: Sendable {
    /// The most connections, and so requests at once; beyond it a caller waits until `waitMilliseconds`.
    package var connections = 16
    package var waitMilliseconds = 1000
    package var connectMilliseconds = 5000
    /// From the begin of the request to the end of the answer.
    package var totalMilliseconds = 30_000
    /// The longest answer, in bytes.
    package var responseLimit = 4 << 20
    /// How many redirects are followed; each hop is checked anew.
    package var redirects = 0
    /// Whether the addresses connected to must be public: for URLs that a user names.
    package var publicAddressesOnly = false
    /// A file of further certificate authorities (PEM); nil: the system's.
    package var certificateAuthorities: String?
    package var userAgent = "SmartPages"

    package init() {}
  }
}
