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
      descriptor = fastcgi_socket()
      guard descriptor >= 0 else { throw .last("socket") }
      own = try Self.place(descriptor, at: path, mode: mode, backlog: backlog)
    }
    // Shared with the parent and with a process that takes over; none of them needs a blocking accept.
    guard fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else { throw .last("fcntl") }
  }

  /// Whether the socket is inherited: others go on with it when we stop.
  var isInherited: Bool { own == nil }

  /// Removes the file of a socket of our own, unless another process has put its own there: nobody new connects.
  func withdraw() {
    guard let own else { return }
    var file = stat()
    if unsafe lstat(own.path, &file) == 0, file.st_dev == own.device, file.st_ino == own.inode {
      unsafe _ = unlink(own.path)
    }
  }

  /// Closes a socket of our own. An inherited one stays as it is.
  func close() {
    if own != nil { _ = Glibc.close(descriptor) }
  }

  private static func checkListening(_ descriptor: Int32) throws(ServerError) {
    var isListening: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &length) == 0, isListening != 0
    else { throw .inheritedNotListening }
  }

  private static func address(_ path: String) -> sockaddr_un? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard !bytes.isEmpty, bytes.count < MemoryLayout.size(ofValue: address.sun_path), !bytes.contains(0)
    else { return nil }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    return address
  }

  /// Listens beside the path and then renames: whoever connects finds the old socket or the new one, never none, and
  /// what a killed process left behind is replaced by the same step.
  private static func place(
    _ descriptor: Int32, at path: String, mode: UInt32, backlog: Int32
  ) throws(ServerError) -> Own {
    var file = stat()
    if unsafe lstat(path, &file) == 0, file.st_mode & S_IFMT != S_IFSOCK { throw .notASocket(path) }
    let beside = "\(path).\(getpid())"
    guard var address = address(beside) else { throw .pathTooLong(path) }
    unsafe _ = unlink(beside)
    // The file gets its rights as it is made: there is no moment at which others may connect. umask is the process's;
    // nothing else makes files while the server starts.
    let before = umask(~mode & 0o777)
    let bound = unsafe withSocketAddress(&address) { unsafe bind(descriptor, $0, $1) }
    let code = errno
    umask(before)
    guard bound == 0 else { throw .system(call: "bind \(beside)", code: code) }
    guard listen(descriptor, backlog) == 0 else { throw .last("listen") }
    guard unsafe lstat(beside, &file) == 0 else { throw .last("lstat \(beside)") }
    guard unsafe rename(beside, path) == 0 else { throw .last("rename \(path)") }
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
