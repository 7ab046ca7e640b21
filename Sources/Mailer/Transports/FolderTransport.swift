import Glibc
package import HTTP

/// The transport for development and tests: each mail becomes one JSON file, the body of Resend's `POST /emails`.
///
/// The file appears whole, by rename, and is named by time and id, so that a person, a test or a script can read it.
package struct FolderTransport: Sendable {
  private let folder: String

  package init(folder: String) {
    self.folder = folder
  }

  /// - Parameters:
  ///   - id: the mail's id. With the time of acceptance it names the file, so that a repeat replaces the earlier one.
  package func send(_ message: [UInt8], id: String, acceptedAt: Instant) throws(FolderTransportError) {
    let time = acceptedAt.rfc3339.replacing(":", with: "-")
    try write(message, to: "\(folder)/\(time)-\(id).json")
  }

  private func write(_ message: [UInt8], to path: String) throws(FolderTransportError) {
    let temporary = "\(path).tmp"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FolderTransportError(operation: "open", errno: errno, path: temporary) }
    let written = unsafe message.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
    let failure = written == message.count && fsync(descriptor) == 0 ? 0 : errno
    close(descriptor)
    guard failure == 0, written == message.count else {
      unsafe _ = unlink(temporary)
      throw FolderTransportError(operation: "write", errno: failure, path: temporary)
    }
    guard unsafe rename(temporary, path) == 0 else {
      throw FolderTransportError(operation: "rename", errno: errno, path: path)
    }
  }
}

/// A mail could not be stored; the job tries again.
package struct FolderTransportError: Error {
  package let operation: String
  package let errno: Int32
  package let path: String
}
