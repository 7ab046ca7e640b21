internal import CFastCGI
import Glibc

/// The socket that connections come from, open and non-blocking.
struct ListeningSocket: Sendable {
  let descriptor: Int32
  /// Set when the socket is our own: its path and the file's identity, to remove no other's.
  private let own: Own?

  private struct Own {
    let path: String
    let device: dev_t
    let inode: ino_t
  }

  init(_ listener: Listener, mode: UInt32, backlog: Int32) throws(ServerError) {
    switch listener {
    case .inherited:
      descriptor = 0
      own = nil
      try Self.checkListening(descriptor)
    case .path(let path):
      var address = try Self.address(path)
      try Self.removeStale(path, &address)
      descriptor = fastcgi_socket()
      guard descriptor >= 0 else { throw .last("socket") }
      own = try Self.bind(descriptor, path, &address, mode: mode, backlog: backlog)
    }
    // Shared with the parent and with a process that takes over; none of them needs a blocking accept.
    guard fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else { throw .last("fcntl") }
  }

  /// Closes a socket of our own and removes its file. An inherited one stays as it is: others use it.
  func close() {
    guard let own else { return }
    var file = stat()
    if unsafe lstat(own.path, &file) == 0, file.st_dev == own.device, file.st_ino == own.inode {
      unsafe _ = unlink(own.path)
    }
    _ = Glibc.close(descriptor)
  }

  private static func checkListening(_ descriptor: Int32) throws(ServerError) {
    var isListening: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &length) == 0, isListening != 0
    else { throw .inheritedNotListening }
  }

  private static func address(_ path: String) throws(ServerError) -> sockaddr_un {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard !bytes.isEmpty, bytes.count < MemoryLayout.size(ofValue: address.sun_path), !bytes.contains(0) else {
      throw .pathTooLong(path)
    }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    return address
  }

  /// Removes what a killed process left behind, and refuses to take the path of a living one.
  private static func removeStale(_ path: String, _ address: inout sockaddr_un) throws(ServerError) {
    var file = stat()
    guard unsafe lstat(path, &file) == 0 else { return }
    guard file.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path) }
    let probe = fastcgi_socket()
    guard probe >= 0 else { throw .last("socket") }
    defer { _ = Glibc.close(probe) }
    let answer = unsafe withSocketAddress(&address) { unsafe connect(probe, $0, $1) }
    guard answer != 0, errno == ECONNREFUSED else { throw .pathInUse(path) }
    guard unsafe unlink(path) == 0 else { throw .last("unlink \(path)") }
  }

  private static func bind(
    _ descriptor: Int32, _ path: String, _ address: inout sockaddr_un, mode: UInt32, backlog: Int32
  ) throws(ServerError) -> Own {
    // The file gets its rights as it is made: there is no moment at which others may connect. umask is the process's;
    // nothing else makes files while the server starts.
    let before = umask(~mode & 0o777)
    let bound = unsafe withSocketAddress(&address) { unsafe Glibc.bind(descriptor, $0, $1) }
    let code = errno
    umask(before)
    guard bound == 0 else { throw .system(call: "bind \(path)", code: code) }
    guard listen(descriptor, backlog) == 0 else { throw .last("listen") }
    var file = stat()
    guard unsafe lstat(path, &file) == 0 else { throw .last("lstat \(path)") }
    return Own(path: path, device: file.st_dev, inode: file.st_ino)
  }

  private static func withSocketAddress(
    _ address: inout sockaddr_un, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
