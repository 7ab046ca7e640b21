internal import Glibc

/// An open log file, read line by line in bounded memory.
package final class LogFile {
  private let descriptor: Int32
  private let path: String

  init(_ descriptor: Int32, _ path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  /// When content or name were last changed, in seconds since 1970: moving a file to its place counts too.
  package func changedAt() throws(LogFileError) -> Int64 {
    Int64(try status().st_ctim.tv_sec)
  }

  var isOrdinary: Bool {
    get throws(LogFileError) { try status().st_mode & S_IFMT == S_IFREG }
  }

  private func status() throws(LogFileError) -> stat {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw LogFileError("stat \(path)") }
    return status
  }

  /// Reads whole lines from a place on: at most about `bytes`, at most `lines`. What follows the last line break
  /// counts as a line only at the end of the file.
  ///
  /// - Parameter lineLimit: longer lines, in bytes, are skipped and counted.
  package func part(
    from offset: Int, lines: Int, bytes: Int, lineLimit: Int
  ) throws(LogFileError) -> LogPart {
    var part = LogPart(end: offset)
    var line = OpenLine(limit: lineLimit)
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var place = offset
    while true {
      let count = try read(into: &buffer, at: place)
      if count == 0 {
        part.take(&line)
        part.end = place
        return part
      }
      var start = 0
      while let lineBreak = buffer[start..<count].firstIndex(of: UInt8(ascii: "\n")) {
        line.append(buffer[start..<lineBreak])
        part.take(&line)
        start = lineBreak + 1
        part.end = place + start
        if part.lines.count + part.tooLong >= lines || part.end - offset >= bytes { return part }
      }
      line.append(buffer[start..<count])
      place += count
    }
  }

  private func read(into buffer: inout [UInt8], at offset: Int) throws(LogFileError) -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe pread(descriptor, bytes.baseAddress!, bytes.count, offset)
      }
      if count >= 0 { return count }
      if errno != EINTR { throw LogFileError("read \(path)") }
    }
  }
}

/// Some lines of a file.
package struct LogPart {
  /// Without their line breaks; empty ones are left out.
  package fileprivate(set) var lines: [[UInt8]] = []
  /// How many lines were longer than is taken.
  package fileprivate(set) var tooLong = 0
  /// Where the next part begins.
  package fileprivate(set) var end: Int

  fileprivate init(end: Int) {
    self.end = end
  }

  fileprivate mutating func take(_ line: inout OpenLine) {
    if line.isTooLong { tooLong += 1 } else if !line.bytes.isEmpty { lines.append(line.bytes) }
    line.clear()
  }
}

/// A line whose end was not seen yet.
private struct OpenLine {
  let limit: Int
  private(set) var bytes: [UInt8] = []
  private(set) var isTooLong = false

  init(limit: Int) {
    self.limit = limit
  }

  mutating func append(_ slice: ArraySlice<UInt8>) {
    guard !isTooLong else { return }
    if bytes.count + slice.count > limit {
      isTooLong = true
      bytes = []
    } else {
      bytes.append(contentsOf: slice)
    }
  }

  mutating func clear() {
    bytes = []
    isTooLong = false
  }
}
