internal import CArchive

/// Reads the files of a ZIP that a stranger may have made: each file alone, in bounded memory, and nothing is ever
/// written to where its name says.
package struct ZipReader {
  /// What a ZIP may hold.
  package struct Limits: Sendable {
    /// The most entries, those that are passed over included.
    package let entries: Int
    /// The longest file that is read, in bytes, once it is unpacked.
    package let fileBytes: Int
    /// The most bytes that are read together.
    package let totalBytes: Int

    package init(entries: Int, fileBytes: Int, totalBytes: Int) {
      self.entries = entries
      self.fileBytes = fileBytes
      self.totalBytes = totalBytes
    }
  }

  private let bytes: [UInt8]
  private let limits: Limits

  package init(_ bytes: [UInt8], limits: Limits) {
    self.bytes = bytes
    self.limits = limits
  }

  /// Goes through all files in the order of their content and hands over those that are wanted, each as a whole.
  ///
  /// - Parameters:
  ///   - isWanted: asked by the file's path; what it declines is not unpacked.
  ///   - take: gets the path and the content.
  /// - Throws: ``ZipError``, or what `take` throws.
  package func read(where isWanted: (String) -> Bool, _ take: (String, [UInt8]) throws -> Void) throws {
    guard bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) else { throw ZipError.broken }
    guard let archive = unsafe archive_read_new() else { throw ZipError.broken }
    defer { _ = unsafe archive_read_free(archive) }
    // By the directory at its end alone, as everything else reads ZIPs: a second content beside it is not seen.
    try unsafe Self.check(archive_read_support_format_zip_seekable(archive))
    try unsafe bytes.withUnsafeBytes { buffer in
      try unsafe Self.check(archive_read_open_memory(archive, buffer.baseAddress, buffer.count))
      try unsafe readEntries(of: archive, isWanted, take)
    }
  }

  private func readEntries(
    of archive: OpaquePointer, _ isWanted: (String) -> Bool, _ take: (String, [UInt8]) throws -> Void
  ) throws {
    var seen: Set<String> = []
    var total = 0
    while let entry = try unsafe Self.next(archive) {
      guard seen.count < limits.entries else { throw ZipError.tooLarge }
      let path = try unsafe Self.path(of: entry)
      guard seen.insert(path).inserted else { throw ZipError.unsafe }
      if unsafe archive_entry_is_folder(entry) != 0 { continue }
      guard unsafe archive_entry_is_plain(entry) != 0, unsafe archive_entry_is_encrypted(entry) == 0 else {
        throw ZipError.unsafe
      }
      guard isWanted(path) else { continue }
      let room = min(limits.fileBytes, limits.totalBytes - total)
      // What it says of itself first, which costs nothing; then what really comes out.
      if unsafe archive_entry_size_is_set(entry) != 0, unsafe archive_entry_size(entry) > Int64(room) {
        throw ZipError.tooLarge
      }
      let content = try unsafe Self.content(of: archive, limit: room)
      total += content.count
      try take(path, content)
    }
  }

  /// - Returns: nil after the last entry.
  private static func next(_ archive: OpaquePointer) throws -> OpaquePointer? {
    var entry: OpaquePointer?
    switch unsafe archive_read_next_header(archive, &entry) {
    case ARCHIVE_EOF: return nil
    case ARCHIVE_OK: return unsafe entry
    // Warnings are about names and times that are not understood: ours are.
    default: throw ZipError.broken
    }
  }

  /// - Throws: ``ZipError/unsafe`` for a name that leads anywhere but below the ZIP's own root.
  private static func path(of entry: OpaquePointer) throws -> String {
    guard let name = unsafe archive_entry_pathname(entry), let path = unsafe String(validatingCString: name)
    else { throw ZipError.unsafe }
    let isFit = path.utf8.count <= 512 && !path.unicodeScalars.contains { $0.value < 0x20 || $0 == "\\" || $0 == ":" }
    var parts = path.split(separator: "/", omittingEmptySubsequences: false)
    // A folder's name ends in a slash.
    if parts.count > 1, parts.last == "" { parts.removeLast() }
    guard isFit, parts.allSatisfy({ !["", ".", ".."].contains($0) }) else { throw ZipError.unsafe }
    return path
  }

  private static func content(of archive: OpaquePointer, limit: Int) throws -> [UInt8] {
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe archive_read_data(archive, $0.baseAddress, $0.count) }
      guard count >= 0 else { throw ZipError.broken }
      if count == 0 { return content }
      guard content.count + count <= limit else { throw ZipError.tooLarge }
      content.append(contentsOf: buffer[..<count])
    }
  }

  private static func check(_ result: Int32) throws {
    guard result == ARCHIVE_OK else { throw ZipError.broken }
  }
}

/// Why a ZIP is not read.
package enum ZipError: Error, Sendable, Equatable {
  /// It is none, or damaged.
  case broken
  /// It holds more, or larger files, than are taken.
  case tooLarge
  /// It holds names that lead out of it, links, secrets, or one name twice.
  case unsafe
}
