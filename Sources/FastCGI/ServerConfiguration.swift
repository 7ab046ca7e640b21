import Glibc

/// How a ``Server`` listens, works and stops.
package struct ServerConfiguration: Sendable {
  /// Threads that handle requests, each one request at a time. Twice the cores did best when measured.
  package var workers = 2 * max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  /// Milliseconds that a request may wait before a worker takes it up, counted from nginx's time of receipt;
  /// an older one is answered by `overloaded`. 0 turns it off.
  package var maximumQueueMilliseconds: Int64 = 0
  /// The rights of a socket of our own. Whoever may write to it is trusted: see the notes on libfcgi.
  package var socketMode: UInt32 = 0o660
  /// Connections that may wait to be accepted; the kernel caps it at `net.core.somaxconn`.
  package var backlog: Int32 = 4096
  /// Seconds that one read from a connection may wait.
  package var receiveTimeoutSeconds = 10
  /// Seconds that one write to a connection may wait.
  package var sendTimeoutSeconds = 10
  /// Seconds after which a request, however it drips in or out, loses its connection.
  package var requestTimeoutSeconds: Int64 = 60
  /// Seconds that ``Server/stop()`` gives to connections before it cuts them.
  package var drainSeconds: Int64 = 30
  /// Connections kept at once; more wait in the backlog.
  package var maximumConnections = 8192
  /// Bytes of a body that nobody wanted which are read away to keep the connection usable.
  package var maximumUnreadBodyBytes = 16 << 20

  package init() {}
}

/// Where a ``Server`` takes its connections from.
package enum Listener: Sendable {
  /// A UNIX socket of our own at this path. It takes the place of an older one in one step, so a new process can take
  /// over from a living one, which is stopped then and drains.
  case path(String)
  /// Standard input, as FastCGI has it: a listening socket held by systemd or another parent, so that connections
  /// wait in it while one process replaces another, and none is refused.
  case inherited
}
