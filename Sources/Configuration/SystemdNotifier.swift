import Glibc

/// Tells the service manager when this process is ready: systemd, or whoever speaks its protocol. Without
/// one, nothing is said to anybody.
///
/// Source: sd_notify(3), where the protocol is promised to stay as it is.
package struct SystemdNotifier: Sendable {
  /// What a process says of itself.
  package enum State: String, Sendable {
    /// Requests are answered from now on.
    case ready = "READY=1"
    /// The end has begun; what is under way is finished.
    case stopping = "STOPPING=1"
  }

  /// A path, or `@` and the name of an abstract socket.
  private let address: String?

  /// - Parameter address: the datagram socket where the manager listens; nil or empty: nobody does.
  package init(address: String?) {
    self.address = address.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The one that `NOTIFY_SOCKET` names. The variable is taken out of the environment, so that no child speaks in our
  /// name. To be called before any thread is started: the environment has no lock.
  package static func fromEnvironment() -> SystemdNotifier {
    let name = "NOTIFY_SOCKET"
    defer { unsafe unsetenv(name) }
    return SystemdNotifier(address: unsafe getenv(name).map { unsafe String(cString: $0) })
  }

  /// Says it once. That nobody hears it is no reason to stop: the manager has time limits of its own.
  ///
  /// - Returns: whether it was taken.
  @discardableResult
  package func tell(_ state: State) -> Bool {
    guard let address, let (socketAddress, length) = Self.socketAddress(address) else { return false }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let message = Array(state.rawValue.utf8)
    while true {
      let sent = unsafe withUnsafePointer(to: socketAddress) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe sendto(descriptor, message, message.count, Int32(MSG_NOSIGNAL), $0, length)
        }
      }
      if sent == message.count { return true }
      if sent >= 0 || errno != EINTR { return false }
    }
  }

  /// Nil when it is neither a path from the root nor an abstract name, or too long.
  private static func socketAddress(_ text: String) -> (sockaddr_un, socklen_t)? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var bytes = Array(text.utf8)
    guard bytes.count > 1, bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
    switch text.first {
    case "/": break
    case "@": bytes[0] = 0  // The name of an abstract socket ends with the address, not with a zero.
    default: return nil
    }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    return (address, socklen_t(MemoryLayout<sockaddr_un>.offset(of: \.sun_path)! + bytes.count))
  }
}
