import Glibc

/// Opens a path beneath a folder as openat2 does with RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS, for kernels that have no
/// openat2: part by part, through no link and never upwards.
enum BeneathWalk {
  /// - Returns: a descriptor, or -1 with `errno`, as the system calls do.
  static func open(_ root: Int32, _ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
    // More than any path of ours, and what the kernel allows at most.
    guard path.utf8.count < Int(PATH_MAX) else { return failed(ENAMETOOLONG) }
    guard !path.hasPrefix("/") else { return failed(EXDEV) }
    let parts = path.split(separator: "/")
    guard !parts.contains("..") else { return failed(EXDEV) }
    var folder = root
    for part in parts.dropLast() {
      let next = openPart(folder, String(part), O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
      close(folder, unless: root)
      guard next >= 0 else { return -1 }
      folder = next
    }
    defer { close(folder, unless: root) }
    return openPart(folder, String(parts.last ?? "."), flags, mode)
  }

  private static func openPart(_ folder: Int32, _ name: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
    let descriptor = unsafe openat(folder, name, flags | O_NOFOLLOW, mode)
    guard descriptor < 0, errno == ENOTDIR else { return descriptor }
    // A link is refused, where something else than a folder is merely none.
    var status = stat()
    let isLink = unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_mode & S_IFMT == S_IFLNK
    return failed(isLink ? ELOOP : ENOTDIR)
  }

  private static func close(_ folder: Int32, unless root: Int32) {
    guard folder != root else { return }
    let code = errno
    _ = Glibc.close(folder)
    errno = code
  }

  private static func failed(_ code: Int32) -> Int32 {
    errno = code
    return -1
  }
}
