import CLinux
import Glibc

/// What tells one state of a file from the next: replaced files differ in it, even if an inode number is used again.
struct FileIdentity: Equatable, Sendable {
  let inode: UInt
  let changedSeconds: Int
  let changedNanoseconds: Int
  let modifiedNanoseconds: Int
  let size: Int

  init(_ status: stat) {
    inode = status.st_ino
    changedSeconds = status.st_mtim.tv_sec
    changedNanoseconds = status.st_ctim.tv_nsec
    modifiedNanoseconds = status.st_mtim.tv_nsec
    size = status.st_size
  }
}

/// The mounted volume. Every file is opened beneath its root, and through no symbolic link on the way, whatever the
/// path says and whatever was planted on the volume.
final class Volume: Sendable {
  private let root: Int32
  /// Whether the kernel checks all that by one call (openat2, Linux 5.6); otherwise each folder on the way is opened.
  private let hasOpenBeneath: Bool
  /// What shared file systems say when a file was replaced under an open name; the path leads to the new one.
  private static let staleTries = 2

  /// - Parameter walking: does without openat2 even where it is there.
  init(_ path: String, walking: Bool = false) throws(BucketError) {
    root = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard root >= 0 else { throw BucketError(errno: errno, "open \(path)") }
    let probe = unsafe linux_open_beneath(root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    // Containers that do not know the call forbid it instead of saying that it is not there.
    guard probe >= 0 || errno == ENOSYS || errno == EPERM else { throw BucketError(errno: errno, "open \(path)") }
    hasOpenBeneath = probe >= 0 && !walking
    if probe >= 0 { _ = Glibc.close(probe) }
  }

  deinit { _ = Glibc.close(root) }

  /// Opens a file or folder; nil if it is not there.
  func open(_ path: String, _ flags: Int32, mode: mode_t = 0) throws(BucketError) -> OpenFile? {
    var tries = Self.staleTries
    while true {
      let descriptor =
        hasOpenBeneath
        ? unsafe linux_open_beneath(root, path, flags | O_CLOEXEC, mode)
        : BeneathWalk.open(root, path, flags | O_CLOEXEC, mode)
      if descriptor >= 0 { return OpenFile(descriptor, path) }
      if errno == EINTR || errno == EAGAIN { continue }
      tries -= 1
      if errno == ESTALE, tries > 0 { continue }
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw BucketError(errno: errno, "open \(path)")
    }
  }

  /// A file's present identity; nil if it is not there. Follows no link in its last part, and opens nothing: enough to
  /// tell that what was read before is still there.
  func identity(_ path: String) throws(BucketError) -> FileIdentity? {
    var status = stat()
    if unsafe fstatat(root, path, &status, AT_SYMLINK_NOFOLLOW) == 0 { return FileIdentity(status) }
    if errno == ENOENT || errno == ENOTDIR { return nil }
    // Whoever asks will open the path next, and gets the new file then.
    if errno == ESTALE { return nil }
    throw BucketError(errno: errno, "stat \(path)")
  }

  /// Reads a whole file of at most `limit` bytes and says which state of it was read; nil if it is not there.
  func read(_ path: String, limit: Int) throws(BucketError) -> (bytes: [UInt8], identity: FileIdentity)? {
    var tries = Self.staleTries
    while true {
      guard let file = try open(path, O_RDONLY) else { return nil }
      defer { file.close() }
      do throws(BucketError) {
        let identity = FileIdentity(try file.status())
        guard identity.size <= limit else { throw .corrupt("\(path) is larger than \(limit) bytes") }
        return (try file.read(at: 0, count: identity.size), identity)
      } catch {
        tries -= 1
        if case .io(ESTALE, _) = error, tries > 0 { continue }
        throw error
      }
    }
  }

  /// Writes everything that the volume's file system holds back to its disk.
  func sync() throws(BucketError) {
    if linux_syncfs(root) != 0 { throw BucketError(errno: errno, "syncfs") }
  }
}
