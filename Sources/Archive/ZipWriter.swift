internal import CArchive

/// Writes a ZIP piece by piece: what it holds at a time is some kilobytes, however large the whole becomes.
// Both handles are made once, used by one thread, and freed with their owner.
@safe package final class ZipWriter {
  private let archive: OpaquePointer
  private let entry: OpaquePointer
  private let sink: Sink
  private let modified: Int

  /// - Parameters:
  ///   - modified: what all files say of their age; seconds since 1970.
  ///   - write: takes the bytes of the ZIP in order; what it throws, the method that led to it throws.
  package init(modified: Int, write: @escaping ([UInt8]) throws -> Void) throws {
    guard let archive = unsafe archive_write_new(), let entry = unsafe archive_entry_new() else {
      throw ArchiveError(reason: "out of memory")
    }
    unsafe self.archive = archive
    unsafe self.entry = entry
    self.modified = modified
    sink = Sink(write: write)
    try unsafe check(archive_write_set_format_zip(archive))
    try unsafe check(archive_write_set_bytes_per_block(archive, 65_536))
    // The last block is as long as what is left; else it would be filled with zeros.
    try unsafe check(archive_write_set_bytes_in_last_block(archive, 1))
    // The sink outlives the handle that knows it: both are this object's.
    let context = unsafe Unmanaged.passUnretained(sink).toOpaque()
    try unsafe check(
      archive_write_open(
        archive, context, nil,
        { _, context, buffer, count in
          guard let context = unsafe context, let buffer = unsafe buffer else { return -1 }
          let bytes = unsafe [UInt8](UnsafeRawBufferPointer(start: buffer, count: count))
          return unsafe Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue().take(bytes) ? count : -1
        }, nil))
  }

  deinit {
    // Without a close before, this would write what is left.
    sink.isClosed = true
    unsafe archive_entry_free(entry)
    _ = unsafe archive_write_free(archive)
  }

  /// Adds a file as a whole.
  ///
  /// - Parameters:
  ///   - path: of ASCII, with slashes, from the root of the ZIP.
  ///   - isDense: whether it is compressed already, as pictures are.
  package func add(_ path: String, _ bytes: [UInt8], isDense: Bool = false) throws {
    try begin(path, size: bytes.count, isDense: isDense)
    try append(bytes)
    try end()
  }

  /// Begins a file whose content follows in pieces (``append(_:)``), until its ``end()``.
  ///
  /// - Parameter size: bytes; nil when that is not known yet.
  package func begin(_ path: String, size: Int? = nil, isDense: Bool = false) throws {
    _ = unsafe archive_entry_clear(entry)
    unsafe archive_entry_set_pathname(entry, path)
    unsafe archive_entry_set_plain(entry)
    unsafe archive_entry_set_mtime(entry, modified, 0)
    if let size { unsafe archive_entry_set_size(entry, Int64(size)) }
    try unsafe check(
      isDense ? archive_write_zip_set_compression_store(archive) : archive_write_zip_set_compression_deflate(archive))
    try unsafe check(archive_write_header(archive, entry))
  }

  /// The next piece of the file that was begun.
  package func append(_ bytes: [UInt8]) throws {
    guard !bytes.isEmpty else { return }
    let written = unsafe bytes.withUnsafeBytes { unsafe archive_write_data(archive, $0.baseAddress, $0.count) }
    guard written == bytes.count else { throw sink.error ?? failure }
  }

  /// Ends the file that was begun.
  package func end() throws { try unsafe check(archive_write_finish_entry(archive)) }

  /// Writes the list of all files, without which it is no ZIP.
  package func close() throws { try unsafe check(archive_write_close(archive)) }

  private func check(_ result: Int32) throws {
    guard result == 0 else { throw sink.error ?? failure }
  }

  private var failure: ArchiveError {
    let reason = unsafe archive_error_string(archive).map { unsafe String(cString: $0) }
    return ArchiveError(reason: reason ?? "unknown")
  }
}

/// Where the bytes go, for C to hold on to.
private final class Sink {
  private let write: ([UInt8]) throws -> Void
  /// What `write` threw.
  private(set) var error: (any Error)?
  var isClosed = false

  init(write: @escaping ([UInt8]) throws -> Void) {
    self.write = write
  }

  func take(_ bytes: [UInt8]) -> Bool {
    guard !isClosed, error == nil else { return false }
    do {
      try write(bytes)
      return true
    } catch {
      self.error = error
      return false
    }
  }
}

/// The ZIP could not be written.
package struct ArchiveError: Error, CustomStringConvertible {
  let reason: String

  package var description: String { "ZIP: \(reason)" }
}
