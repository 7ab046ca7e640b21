import Glibc

/// Why a ``Server`` could not start.
package enum ServerError: Error, Equatable, CustomStringConvertible {
  /// A system call failed with that `errno`.
  case system(call: String, code: Int32)
  /// Something that is not a socket stands at that path.
  case notASocket(String)
  /// The path, with the process's number behind it, does not fit into a socket's address (107 bytes).
  case pathTooLong(String)
  /// Standard input is not a listening stream socket.
  case inheritedNotListening

  package var description: String {
    switch self {
    case .system(let call, let code): unsafe "\(call): \(String(cString: strerror(code)))"
    case .notASocket(let path): "\(path) is there and is not a socket"
    case .pathTooLong(let path): "\(path) is too long for a UNIX socket (107 bytes)"
    case .inheritedNotListening: "standard input is not a listening stream socket"
    }
  }

  /// The failure of the call that was made last.
  static func last(_ call: String) -> ServerError {
    .system(call: call, code: errno)
  }
}
