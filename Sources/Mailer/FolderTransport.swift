import Glibc
import HTTP

/// The transport for development and tests: each mail becomes one JSON file, the body of Resend's `POST /emails`.
///
/// The file appears whole, by rename, and is named by time and id, so that a person, a test or a script can read it.
package struct FolderTransport: Sendable {
  private let folder: String

  package init(folder: String) {
    self.folder = folder
  }

  /// - Parameter id: the mail's id; a repeat with the same id replaces the earlier file.
  package func send(_ message: [UInt8], id: String) throws(FolderTransportError) {
    if let earlier = existing(id) { return try write(message, to: earlier) }
    let time = Instant.now.rfc3339.replacing(":", with: "-")
    try write(message, to: "\(folder)/\(time)-\(id).json")
  }

  private func existing(_ id: String) -> String? {
    guard let directory = unsafe opendir(folder) else { return nil }
    defer { unsafe closedir(directory) }
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name.hasSuffix("-\(id).json") { return "\(folder)/\(name)" }
    }
    return nil
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
