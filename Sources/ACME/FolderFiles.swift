internal import Glibc

/// A file or folder that could not be worked with, and the system's reason.
package struct ACMEFileError: Error, CustomStringConvertible {
  package let description: String

  /// Takes the reason from `errno`.
  init(_ action: String) {
    description = "cannot \(action): \(unsafe String(cString: strerror(errno)))"
  }
}

/// Small files, written whole and durably.
enum FolderFiles {
  /// The text of a file; nil when it is not there, or longer than a chain of certificates ever is.
  static func read(_ path: String) -> String? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 256 << 10)
    var filled = 0
    while filled < buffer.count {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(descriptor, bytes.baseAddress! + filled, bytes.count - filled)
      }
      if count == 0 { return String(decoding: buffer[..<filled], as: UTF8.self) }
      if count > 0 { filled += count } else if errno != EINTR { return nil }
    }
    return nil
  }

  /// Writes a file beside its place and puts it there by one rename: who opens it finds the old text or the new one.
  static func replace(_ folder: String, _ name: String, _ text: String, mode: mode_t) throws(ACMEFileError) {
    let path = "\(folder)/\(name)"
    // A dot in front: no host begins so.
    let temporary = "\(folder)/.\(name).\(getpid())-\(String(UInt64.random(in: .min ... .max), radix: 16))"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw ACMEFileError("create \(temporary)") }
    let isWritten = write(Array(text.utf8), descriptor) && fchmod(descriptor, mode) == 0 && fsync(descriptor) == 0
    let failure = isWritten ? nil : ACMEFileError("write \(temporary)")
    close(descriptor)
    if let failure {
      _ = unsafe unlink(temporary)
      throw failure
    }
    guard unsafe rename(temporary, path) == 0 else {
      let failure = ACMEFileError("rename \(temporary)")
      _ = unsafe unlink(temporary)
      throw failure
    }
    try sync(folder)
  }

  private static func write(_ bytes: [UInt8], _ descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
      }
      if count > 0 { written += count } else if errno != EINTR { return false }
    }
    return true
  }

  /// Removes a file durably, if it is there.
  static func remove(_ folder: String, _ name: String) throws(ACMEFileError) {
    if unsafe unlink("\(folder)/\(name)") == 0 { return try sync(folder) }
    // A name that is too long for a file is none that is there.
    guard errno == ENOENT || errno == ENAMETOOLONG else { throw ACMEFileError("remove \(folder)/\(name)") }
  }

  /// Removes a folder's files that `replace` began and did not finish before a moment, in seconds since 1970: its
  /// process died meanwhile.
  static func removeTemporary(_ folder: String, before moment: Int64) {
    for name in names(folder) where name.hasPrefix(".") {
      var status = stat()
      guard unsafe lstat("\(folder)/\(name)", &status) == 0, Int64(status.st_mtim.tv_sec) < moment else { continue }
      _ = unsafe unlink("\(folder)/\(name)")
    }
  }

  /// Makes a folder for us alone, unless it is there.
  static func makeFolder(_ path: String) throws(ACMEFileError) {
    guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw ACMEFileError("make the folder \(path)") }
  }

  /// Removes a folder of files and of folders of files; what is not there is no matter.
  static func removeTree(_ path: String, depth: Int = 5) {
    for name in names(path) {
      let inside = "\(path)/\(name)"
      // A link is a file, wherever it leads.
      if unsafe unlink(inside) != 0, depth > 0 { removeTree(inside, depth: depth - 1) }
    }
    _ = unsafe rmdir(path)
  }

  /// The names in a folder; none when it is not there.
  static func names(_ path: String) -> [String] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  private static func sync(_ folder: String) throws(ACMEFileError) {
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ACMEFileError("open \(folder)") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw ACMEFileError("sync \(folder)") }
  }
}
