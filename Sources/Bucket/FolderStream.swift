import Glibc

/// The entries of a folder one after another, however many there are. Used by one thread.
///
/// Safe: the stream is open from the start to the end of the object.
@safe final class FolderStream {
  private let stream: OpaquePointer
  private let descriptor: Int32

  /// Nil if there is no such folder.
  init?(_ volume: Volume, _ path: String) throws(BucketError) {
    guard let folder = try volume.open(path, O_RDONLY | O_DIRECTORY) else { return nil }
    guard let stream = unsafe fdopendir(folder.descriptor) else {
      folder.close()
      throw BucketError(errno: errno, "list \(path)")
    }
    unsafe self.stream = stream
    descriptor = folder.descriptor
  }

  deinit { unsafe closedir(stream) }

  /// The next entry with its state; nil at the end. What is added or removed meanwhile may be among them or not.
  func next() -> (name: String, status: stat)? {
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      var status = stat()
      if name != ".", name != "..", unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 {
        return (name, status)
      }
    }
    return nil
  }
}
