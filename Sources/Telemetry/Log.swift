import Glibc
import HTTP
import Locks

/// Writes one JSON object a line to a descriptor.
///
/// Lines of level info are gathered and written together, at the latest after 50 ms: a system call a request would
/// cost more than the rest of the line. Warnings and errors are written at once, with all that waits before them.
package final class Log: Sendable {
  /// How much is told.
  package enum Level: String, Sendable, CaseIterable, Comparable {
    case debug, info, warning, error

    package static func < (left: Level, right: Level) -> Bool {
      left.rank < right.rank
    }

    private var rank: Int {
      switch self {
      case .debug: 0
      case .info: 1
      case .warning: 2
      case .error: 3
      }
    }
  }

  /// A value of a line.
  package enum Value: Sendable {
    case text(String)
    case integer(Int64)
    case milliseconds(Double)
    case flag(Bool)
  }

  private let descriptor: Int32
  private let level: Level
  /// Guards the lines that wait to be written.
  private let waiting = Locked<[UInt8]>([])
  /// Held by whoever writes to the descriptor, so that lines keep their order.
  private let writing = Locked<Void>(())
  private static let gatherBytes = 32_768
  /// While nobody reads the log, lines beyond this are dropped.
  private static let waitingLimit = 4 << 20

  /// - Parameter descriptor: where lines go; standard error unless a test wants them.
  package init(level: Level, descriptor: Int32 = STDERR_FILENO) {
    self.descriptor = descriptor
    self.level = level
    FlushThread.start(self)
  }

  /// Writes a line unless its level is below the log's.
  ///
  /// - Parameters:
  ///   - event: what happened, in a few words that stay the same.
  ///   - fields: more about it; never secrets.
  package func write(_ level: Level, _ event: StaticString, _ fields: [(StaticString, Value)] = []) {
    guard level >= self.level else { return }
    let isUrgent = level >= .warning
    // Written out before the lock is asked for: other threads wait for a copy only.
    var line: [UInt8] = []
    line.reserveCapacity(512)
    Self.append(level, event, fields, to: &line)
    let full = waiting.withLock { [line] buffer in
      if buffer.count < Self.waitingLimit { buffer.append(contentsOf: line) }
      return buffer.count >= Self.gatherBytes
    }
    if isUrgent || full { flush() }
  }

  /// Writes what waits; also called before the process ends. Whoever logs meanwhile does not wait for it.
  package func flush() {
    writing.withLock { _ in
      let lines = waiting.withLock { buffer in
        defer { buffer = [] }
        return buffer
      }
      var written = 0
      while written < lines.count {
        let count = unsafe lines.withUnsafeBytes { bytes in
          unsafe Glibc.write(descriptor, bytes.baseAddress.unsafelyUnwrapped + written, bytes.count - written)
        }
        if count < 0 && errno == EINTR { continue }
        // Whoever reads the log is gone or full: the service goes on without it.
        guard count > 0 else { break }
        written += count
      }
    }
  }

  private static func append(
    _ level: Level, _ event: StaticString, _ fields: [(StaticString, Value)], to buffer: inout [UInt8]
  ) {
    buffer.append(contentsOf: #"{"time":""#.utf8)
    Instant.now.appendRFC3339(to: &buffer)
    buffer.append(contentsOf: #"","level":""#.utf8)
    buffer.append(contentsOf: level.rawValue.utf8)
    buffer.append(contentsOf: #"","event":""#.utf8)
    append(event, to: &buffer)
    buffer.append(UInt8(ascii: "\""))
    for (name, value) in fields {
      buffer.append(contentsOf: #",""#.utf8)
      append(name, to: &buffer)
      buffer.append(contentsOf: #"":"#.utf8)
      switch value {
      case .text(let text): JSON.write(text, to: &buffer)
      case .integer(let number): buffer.append(contentsOf: String(number).utf8)
      case .milliseconds(let number): buffer.append(contentsOf: String((number * 1000).rounded() / 1000).utf8)
      case .flag(let flag): buffer.append(contentsOf: (flag ? "true" : "false").utf8)
      }
    }
    buffer.append(contentsOf: "}\n".utf8)
  }

  private static func append(_ text: StaticString, to buffer: inout [UInt8]) {
    text.withUTF8Buffer { unsafe buffer.append(contentsOf: $0) }
  }
}
