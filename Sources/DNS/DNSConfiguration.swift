/// Whom a `DNSClient` asks, and how long it waits.
package struct DNSConfiguration: Sendable {
  /// In the order in which they are asked; empty: those of /etc/resolv.conf, read anew for each question.
  package var resolvers: [DNSServer] = []
  /// Where the zones' own servers listen.
  package var authoritativePort = 53
  /// How long one server may take for one try; each further try waits twice as long.
  package var timeoutMilliseconds = 1500
  /// How often a server is asked that does not answer.
  package var tries = 2
  /// For one call in all, however many questions it takes.
  package var deadlineMilliseconds = 15_000

  package init() {}
}
