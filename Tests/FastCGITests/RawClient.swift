import Foundation
import Support

/// A client that speaks FastCGI byte by byte, for what nginx would never send.
final class RawClient {
  struct Answer {
    /// The HTTP answer as FastCGI has it: `Status: 200`, headers, an empty line, the body.
    var output = ""
    var body: Substring { output.range(of: "\r\n\r\n").map { output[$0.upperBound...] } ?? "" }
    /// A record came behind the end of the request.
    var isClosing = false
  }

  let descriptor: Int32

  init(_ path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard descriptor >= 0, code == 0 else {
      let failure = errno
      if descriptor >= 0 { Foundation.close(descriptor) }
      throw POSIXError(.init(rawValue: failure) ?? .EIO)
    }
    var limit = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit {
    Foundation.close(descriptor)
  }

  /// Sends all bytes; false when the server has closed.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      let sent = bytes[start...].withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if sent <= 0 { return false }
      start += sent
    }
    return true
  }

  /// Reads one answer; nil when the connection ends before the end of the request.
  func receive() -> Answer? {
    var output: [UInt8] = []
    while let (type, content) = record() {
      switch type {
      case 6: output += content
      case 3:
        var answer = Answer(output: String(decoding: output, as: UTF8.self))
        var byte: UInt8 = 0
        answer.isClosing = recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) == 1
        return answer
      default: break
      }
    }
    return nil
  }

  func exchange(_ bytes: [UInt8]) -> Answer? {
    send(bytes)
    return receive()
  }

  /// Waits until the server closes the connection, reading away what comes; false when it does not.
  func isClosedByServer() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(descriptor, &bytes, bytes.count, 0)
      if count == 0 || (count < 0 && errno == ECONNRESET) { return true }
      if count < 0 { return false }
    }
  }

  /// Ends the sending side.
  func finishSending() {
    shutdown(descriptor, Int32(SHUT_WR))
  }

  private func record() -> (type: UInt8, content: [UInt8])? {
    guard let header = bytes(8) else { return nil }
    let length = Int(header[4]) << 8 | Int(header[5])
    guard let content = bytes(length), bytes(Int(header[6])) != nil else { return nil }
    return (header[1], content)
  }

  private func bytes(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var start = 0
    while start < count {
      let received = bytes[start...].withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
      if received <= 0 { return nil }
      start += received
    }
    return bytes
  }
}
