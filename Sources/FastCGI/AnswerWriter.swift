import Glibc
import HTTP

/// Turns an answer into FastCGI records and sends them: one `send` for an answer of up to 64 KiB.
///
/// libfcgi's own output would take a `write` for every 8 KiB, and could not say with the end of an answer that the
/// connection ends too (see ``finish(closing:)``).
@safe final class AnswerWriter {
  private static let headerLength = 8
  /// The longest content of a record that needs no padding.
  private static let maximumContent = 65_528
  /// What follows the last content: padding, the end of the output, the end of the request, the closing mark.
  private static let maximumTrailer = 7 + 8 + 16 + 16

  /// One record at a time, and the trailer. Owned; freed in deinit.
  private let buffer: UnsafeMutableRawBufferPointer
  private var end = 0
  private var descriptor: Int32 = -1
  private var number: UInt16 = 1
  private var hasFailed = false

  init() {
    unsafe buffer = .allocate(
      byteCount: Self.headerLength + Self.maximumContent + Self.maximumTrailer, alignment: 16)
  }

  deinit {
    unsafe buffer.deallocate()
  }

  /// Sends a whole answer.
  ///
  /// - Parameters:
  ///   - isHead: leave the body out, but tell its length (RFC 9110, section 9.3.2).
  ///   - closing: the connection is not used again after this answer, though the peer wanted it to be.
  /// - Returns: whether everything went out.
  func send(
    _ response: Response, isHead: Bool, closing: Bool, to descriptor: Int32, number: UInt16
  ) -> Bool {
    self.descriptor = descriptor
    self.number = number
    hasFailed = false
    end = Self.headerLength
    appendHead(response)
    if !isHead, !response.status.forbidsContent { append(response.body) }
    return finish(closing: closing)
  }

  private func appendHead(_ response: Response) {
    append("Status: ")
    append(String(response.status.code))
    append(" ")
    append(response.status.reason)
    append("\r\n")
    var hasLength = response.status.forbidsContent
    for field in response.headers.fields {
      if field.name.isContentLength { hasLength = true }
      append(field.name)
      append(": ")
      append(field.value)
      append("\r\n")
    }
    if !hasLength {
      append("Content-Length: ")
      append(String(response.body.count))
      append("\r\n")
    }
    append("\r\n")
  }

  private func append(_ body: Response.Body) {
    switch body {
    case .empty: break
    case .bytes(let bytes): unsafe bytes.withUnsafeBytes { unsafe append($0) }
    case .slice(let bytes): unsafe bytes.withUnsafeBytes { unsafe append($0) }
    case .text(let text): append(text)
    }
  }

  private func append(_ text: StaticString) {
    text.withUTF8Buffer { unsafe append(UnsafeRawBufferPointer($0)) }
  }

  private func append(_ text: String) {
    var text = text
    text.withUTF8 { unsafe append(UnsafeRawBufferPointer($0)) }
  }

  private func append(_ bytes: UnsafeRawBufferPointer) {
    var start = 0
    while start < bytes.count {
      let room = Self.headerLength + Self.maximumContent - end
      if room == 0 {
        closeRecord()
        flush()
        end = Self.headerLength
        if hasFailed { return }
        continue
      }
      let count = min(room, bytes.count - start)
      unsafe (buffer.baseAddress! + end).copyMemory(from: bytes.baseAddress! + start, byteCount: count)
      end += count
      start += count
    }
  }

  /// Ends the output and the request and sends what is there.
  ///
  /// A closing answer ends with one record more. nginx takes data behind the end of a request as the sign not to keep
  /// the connection; without it, nginx might send the next request before it sees that we closed, and would not repeat
  /// it if it is a POST. The record is FCGI_UNKNOWN_TYPE, which any FastCGI peer may get.
  private func finish(closing: Bool) -> Bool {
    closeRecord()
    appendRecord(type: 6, number: number, [])
    appendRecord(type: 3, number: number, [0, 0, 0, 0, 0, 0, 0, 0])
    if closing { appendRecord(type: 11, number: 0, [0, 0, 0, 0, 0, 0, 0, 0]) }
    flush()
    return !hasFailed
  }

  /// Writes the header of the record of output that the buffer begins with, and its padding.
  private func closeRecord() {
    let length = end - Self.headerLength
    let padding = -length & 7
    writeHeader(at: 0, type: 6, number: number, length: length, padding: padding)
    for _ in 0..<padding {
      unsafe buffer[end] = 0
      end += 1
    }
  }

  private func appendRecord(type: UInt8, number: UInt16, _ content: [UInt8]) {
    writeHeader(at: end, type: type, number: number, length: content.count, padding: 0)
    end += Self.headerLength
    for byte in content {
      unsafe buffer[end] = byte
      end += 1
    }
  }

  private func writeHeader(at start: Int, type: UInt8, number: UInt16, length: Int, padding: Int) {
    unsafe buffer[start] = 1
    unsafe buffer[start + 1] = type
    unsafe buffer[start + 2] = UInt8(number >> 8)
    unsafe buffer[start + 3] = UInt8(number & 0xFF)
    unsafe buffer[start + 4] = UInt8(length >> 8)
    unsafe buffer[start + 5] = UInt8(length & 0xFF)
    unsafe buffer[start + 6] = UInt8(padding)
    unsafe buffer[start + 7] = 0
  }

  private func flush() {
    var start = 0
    while start < end, !hasFailed {
      let sent = unsafe Glibc.send(
        descriptor, buffer.baseAddress! + start, end - start, Int32(MSG_NOSIGNAL))
      if sent > 0 {
        start += sent
      } else if errno != EINTR {
        hasFailed = true
      }
    }
  }
}

extension StaticString {
  /// Whether this is the name of the field Content-Length.
  fileprivate var isContentLength: Bool {
    utf8CodeUnitCount == 14 && description.lowercased() == "content-length"
  }
}
