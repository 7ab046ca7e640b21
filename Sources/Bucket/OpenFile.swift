import Glibc

/// An open file or folder of the volume.
struct OpenFile {
  let descriptor: Int32
  /// For error messages.
  let path: String

  init(_ descriptor: Int32, _ path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  func close() { _ = Glibc.close(descriptor) }

  func status() throws(BucketError) -> stat {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw BucketError(errno: errno, "stat \(path)") }
    return status
  }

  /// Exactly `count` bytes from a place; fewer there is corruption.
  func read(at offset: Int, count: Int) throws(BucketError) -> [UInt8] {
    var code: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = unsafe pread(descriptor, buffer.baseAddress! + filled, count - filled, offset + filled)
        if got > 0 {
          filled += got
        } else if got == 0 {
          return
        } else if errno != EINTR {
          code = errno
          return
        }
      }
    }
    if code != 0 { throw BucketError(errno: code, "read \(path)") }
    guard bytes.count == count else { throw .corrupt("\(path) ends after \(offset + bytes.count) bytes") }
    return bytes
  }

  func write(_ bytes: [UInt8]) throws(BucketError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
      }
      if count > 0 {
        written += count
      } else if errno != EINTR {
        throw BucketError(errno: errno, "write \(path)")
      }
    }
  }

  func sync() throws(BucketError) {
    if fsync(descriptor) != 0 { throw BucketError(errno: errno, "fsync \(path)") }
  }
}
