import CLinux
import Glibc
import Synchronization

/// A file that is complete, but does not yet stand under its name.
struct TemporaryFile {
  let folder: String
  let temporaryName: String
  let name: String
}

/// Changes of the volume. A file comes to its name by rename only, so it stands there whole or not at all.
extension Volume {
  private static let counter = Atomic<Int>(0)

  /// A name no other thread, process or machine uses.
  static func temporaryName() -> String {
    let number = counter.wrappingAdd(1, ordering: .relaxed).newValue
    return "\(BucketLayout.temporaryPrefix)\(getpid())-\(number)-\(String(UInt64.random(in: .min ... .max), radix: 16))"
  }

  /// Writes content beside the place where it is to stand; to be followed by `rename` or `discard`.
  /// - Parameter syncing: whether it must be durable on return; else `sync` has to follow before the rename.
  func writeTemporary(_ path: String, _ bytes: [UInt8], syncing: Bool) throws(BucketError) -> TemporaryFile {
    let (folderPath, name) = BucketLayout.split(path)
    let folder = try openFolder(folderPath, syncing: syncing)
    defer { folder.close() }
    let temporary = TemporaryFile(folder: folderPath, temporaryName: Self.temporaryName(), name: name)
    let descriptor = unsafe linux_open_beneath(
      folder.descriptor, temporary.temporaryName, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw BucketError(errno: errno, "create \(path)") }
    let file = OpenFile(descriptor, path)
    defer { file.close() }
    do throws(BucketError) {
      try file.write(bytes)
      try file.stampNow()
      if syncing { try file.sync() }
    } catch {
      discard([temporary])
      throw error
    }
    return temporary
  }

  /// Gives a finished file its name, in place of what stood there.
  /// - Parameter syncing: whether the name must be durable on return.
  func rename(_ file: TemporaryFile, syncing: Bool) throws(BucketError) {
    let folder = try openFolder(file.folder, syncing: syncing)
    defer { folder.close() }
    let result = unsafe renameat(folder.descriptor, file.temporaryName, folder.descriptor, file.name)
    guard result == 0 else { throw BucketError(errno: errno, "rename \(file.folder)/\(file.name)") }
    if syncing { try folder.sync() }
  }

  /// Removes files that got no name after all. Failing at that is no matter: stale ones are swept.
  func discard(_ files: [TemporaryFile]) {
    for file in files {
      guard let folder = try? open(file.folder, O_RDONLY | O_DIRECTORY) else { continue }
      _ = unsafe unlinkat(folder.descriptor, file.temporaryName, 0)
      folder.close()
    }
  }

  /// Writes a small file durably: content, name, and the folders on the way.
  func replace(_ path: String, _ bytes: [UInt8]) throws(BucketError) {
    let temporary = try writeTemporary(path, bytes, syncing: true)
    do throws(BucketError) {
      try rename(temporary, syncing: true)
    } catch {
      discard([temporary])
      throw error
    }
  }

  /// Removes a file durably; false if it was not there.
  func remove(_ path: String, syncing: Bool = true) throws(BucketError) -> Bool {
    let (folderPath, name) = BucketLayout.split(path)
    guard let folder = try open(folderPath, O_RDONLY | O_DIRECTORY) else { return false }
    defer { folder.close() }
    if unsafe unlinkat(folder.descriptor, name, 0) != 0 {
      if errno == ENOENT { return false }
      throw BucketError(errno: errno, "unlink \(path)")
    }
    if syncing { try folder.sync() }
    return true
  }

  /// Removes a folder if it is there and empty.
  func removeFolder(_ path: String) throws(BucketError) {
    let (parentPath, name) = BucketLayout.split(path)
    guard let parent = try open(parentPath, O_RDONLY | O_DIRECTORY) else { return }
    defer { parent.close() }
    if unsafe unlinkat(parent.descriptor, name, AT_REMOVEDIR) != 0, ![ENOENT, ENOTEMPTY, EEXIST].contains(errno) {
      throw BucketError(errno: errno, "rmdir \(path)")
    }
  }

  /// Says that a file is still wanted; false if it is not there.
  func touch(_ path: String) throws(BucketError) -> Bool {
    guard let file = try open(path, O_RDONLY) else { return false }
    defer { file.close() }
    try file.stampNow()
    return true
  }

  /// The names in a folder with their states; nothing if there is no such folder.
  func list(_ path: String) throws(BucketError) -> [(name: String, status: stat)] {
    guard let entries = try FolderStream(self, path) else { return [] }
    var found: [(name: String, status: stat)] = []
    while let entry = entries.next() { found.append(entry) }
    return found
  }

  /// Opens a folder, making it and those above it if need be.
  /// - Parameter syncing: whether new folders must be durable on return, lest what is put in them be lost with them.
  func openFolder(_ path: String, syncing: Bool) throws(BucketError) -> OpenFile {
    if let folder = try open(path, O_RDONLY | O_DIRECTORY) { return folder }
    guard path != "." else { throw .corrupt("the volume's root is gone") }
    let (parentPath, name) = BucketLayout.split(path)
    let parent = try openFolder(parentPath, syncing: syncing)
    defer { parent.close() }
    if unsafe mkdirat(parent.descriptor, name, 0o755) == 0 {
      if syncing { try parent.sync() }
    } else if errno != EEXIST {
      throw BucketError(errno: errno, "mkdir \(path)")
    }
    guard let folder = try open(path, O_RDONLY | O_DIRECTORY) else { throw BucketError(errno: ENOENT, "open \(path)") }
    return folder
  }
}

extension OpenFile {
  /// Sets the time of change by the fine clock. The kernel's own stamps move in steps of milliseconds, too coarse to
  /// tell two quick changes apart when an inode number is used again.
  fileprivate func stampNow() throws(BucketError) {
    var now = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    let times = [now, now]
    guard unsafe futimens(descriptor, times) == 0 else { throw BucketError(errno: errno, "touch \(path)") }
  }
}
