import CLinux
import Glibc

/// Files that customers fetch for themselves: on the volume, but under no host's name, so that Domain does not know them.
extension BucketWriter {
  /// Writes a file piece by piece; it stands under its name, durably, when this returns, and not at all when it throws.
  ///
  /// - Parameter body: gives the content in order by what it is handed.
  /// - Returns: the file's size in bytes.
  package func writeExport(
    _ name: VersionName, _ body: (_ append: @escaping ([UInt8]) throws -> Void) throws -> Void
  ) throws -> Int {
    var size = 0
    let temporary = try volume.writeTemporary(BucketLayout.export(name)) { file in
      try body { bytes in
        try file.write(bytes)
        size += bytes.count
      }
    }
    do throws(BucketError) {
      try volume.rename(temporary, syncing: true)
    } catch {
      volume.discard([temporary])
      throw error
    }
    return size
  }

  /// Whether the file is there.
  package func hasExport(_ name: VersionName) throws(BucketError) -> Bool {
    try volume.identity(BucketLayout.export(name)) != nil
  }

  /// Removes a file; false if it was not there.
  @discardableResult
  package func removeExport(_ name: VersionName) throws(BucketError) -> Bool {
    try volume.remove(BucketLayout.export(name))
  }

  /// Removes the files that nobody knows any more, and those that were never finished.
  ///
  /// - Parameters:
  ///   - known: which of some names are still known. A name has to be known before its file is begun.
  ///   - graceSeconds: how long an unfinished file is left alone.
  package func sweepExports(
    graceSeconds: Int, known: (_ names: [VersionName]) throws -> Set<VersionName>
  ) throws {
    let horizon = time(nil) - graceSeconds
    var names: [VersionName] = []
    for entry in try volume.list(BucketLayout.exports) {
      if entry.name.hasPrefix(BucketLayout.temporaryPrefix) {
        guard entry.status.st_mtim.tv_sec < horizon else { continue }
        _ = try volume.remove("\(BucketLayout.exports)/\(entry.name)", syncing: false)
      } else if entry.name.hasSuffix(BucketLayout.exportSuffix),
        let name = VersionName(String(entry.name.dropLast(BucketLayout.exportSuffix.count)))
      {
        names.append(name)
      }
    }
    let known = try known(names)
    for name in names where !known.contains(name) { try removeExport(name) }
  }
}

extension Volume {
  /// Writes a file beside the place where it is to stand, piece by piece; to be followed by `rename`.
  fileprivate func writeTemporary(_ path: String, _ body: (OpenFile) throws -> Void) throws -> TemporaryFile {
    let (folderPath, name) = BucketLayout.split(path)
    let folder = try openFolder(folderPath, syncing: true)
    defer { folder.close() }
    let temporary = TemporaryFile(folder: folderPath, temporaryName: Self.temporaryName(), name: name)
    let descriptor = unsafe linux_open_beneath(
      folder.descriptor, temporary.temporaryName, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw BucketError(errno: errno, "create \(path)") }
    let file = OpenFile(descriptor, path)
    defer { file.close() }
    do {
      try body(file)
      try file.sync()
    } catch {
      discard([temporary])
      throw error
    }
    return temporary
  }
}
