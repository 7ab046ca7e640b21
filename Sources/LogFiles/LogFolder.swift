internal import Glibc

/// A folder of finished log files: others put them there, we read each once and remove it.
package struct LogFolder: Sendable {
  private let path: String

  package init(path: String) {
    self.path = path
  }

  /// Whether files can be listed and removed here.
  package var isUsable: Bool {
    unsafe access(path, R_OK | W_OK | X_OK) == 0
  }

  /// The names of the files that end in `.log`, in their order as text; names that begin with a dot are left out.
  package func names() throws(LogFileError) -> [String] {
    guard let folder = unsafe opendir(path) else { throw LogFileError("open the folder \(path)") }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name.hasSuffix(".log"), !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// Opens a file of the folder; nil when it is gone or no ordinary file.
  package func open(_ name: String) throws(LogFileError) -> LogFile? {
    let file = "\(path)/\(name)"
    let descriptor = unsafe Glibc.open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ELOOP { return nil }
      throw LogFileError("open \(file)")
    }
    let opened = LogFile(descriptor, file)
    return try opened.isOrdinary ? opened : nil
  }

  /// Removes a file of the folder, if it is still there.
  package func remove(_ name: String) throws(LogFileError) {
    guard unsafe unlink("\(path)/\(name)") == 0 || errno == ENOENT else { throw LogFileError("remove \(path)/\(name)") }
  }
}

/// What could not be done with a log file, and the system's reason.
package struct LogFileError: Error, CustomStringConvertible {
  package let description: String

  /// Takes the reason from `errno`.
  init(_ action: String) {
    let reason = unsafe String(cString: strerror(errno))
    description = "cannot \(action): \(reason)"
  }
}
