internal import CLinux
import Glibc

/// A file that lives in memory and is gone when its last descriptor is: how bytes go to a child process and back, with
/// no pipe that both could wait at.
package final class MemoryFile: Sendable {
  let descriptor: Int32

  /// An empty file.
  package init() throws(ChildProcessError) {
    descriptor = unsafe linux_memory_file("smartpages")
    guard descriptor >= 0 else { throw ChildProcessError("memfd_create", errno) }
  }

  /// A file with content.
  package convenience init(_ bytes: [UInt8]) throws(ChildProcessError) {
    try self.init()
    try Self.write(bytes, to: descriptor)
  }

  deinit { _ = close(descriptor) }

  /// Puts bytes at the beginning of the file behind a descriptor.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(ChildProcessError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe pwrite(descriptor, buffer.baseAddress! + written, buffer.count - written, written)
      }
      if count > 0 {
        written += count
      } else if errno != EINTR {
        throw ChildProcessError("pwrite", errno)
      }
    }
  }

  /// The whole content, wherever a child stopped reading or writing.
  ///
  /// - Returns: nil when it is longer than `limit` bytes.
  package func read(limit: Int) throws(ChildProcessError) -> [UInt8]? {
    try Self.read(descriptor, limit: limit)
  }

  /// A whole file behind a descriptor that this process was given.
  package static func read(_ descriptor: Int32, limit: Int) throws(ChildProcessError) -> [UInt8]? {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw ChildProcessError("fstat", errno) }
    guard status.st_size <= limit else { return nil }
    var code: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, filled in
      while filled < buffer.count {
        let count = unsafe pread(descriptor, buffer.baseAddress! + filled, buffer.count - filled, filled)
        if count > 0 {
          filled += count
        } else if count == 0 || errno != EINTR {
          code = count == 0 ? 0 : errno
          return
        }
      }
    }
    if code != 0 { throw ChildProcessError("pread", code) }
    return bytes
  }
}

/// A system call that failed: no memory, no descriptors, no such program.
package struct ChildProcessError: Error, CustomStringConvertible {
  let call: String
  let code: Int32

  init(_ call: String, _ code: Int32) {
    self.call = call
    self.code = code
  }

  package var description: String { "\(call): \(unsafe String(cString: strerror(code)))" }
}
