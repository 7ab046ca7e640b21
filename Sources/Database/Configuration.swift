extension Database {
  /// How to reach the server, and the limits that keep a slow one from holding up its callers.
  package struct Configuration: Sendable {
    /// A libpq connection string or URI, passed through as it is: TLS, several hosts, `target_session_attrs` …
    /// What it says comes before the settings below.
    package var conninfo: String
    /// The most connections, at most one a thread is of use.
    package var poolSize = 8
    /// The most callers that may wait for a connection at once; further ones are refused immediately.
    package var waitingLimit = 64
    package var acquireTimeoutMilliseconds = 100
    /// Per host; libpq counts in seconds and takes no less than 2.
    package var connectTimeoutSeconds = 2
    package var statementTimeoutMilliseconds = 5000
    package var lockTimeoutMilliseconds = 2000
    package var idleInTransactionTimeoutMilliseconds = 10_000
    /// How long after the server's own time-out a silent server is given up.
    package var graceMilliseconds = 250
    /// How long after a failed connect nobody tries again.
    package var probeIntervalMilliseconds = 200
    /// The most prepared statements a connection keeps between uses.
    package var statementLimit = 256
    package var applicationName = "smartpages"

    package init(conninfo: String) {
      self.conninfo = conninfo
    }
  }
}
