import Foundation

/// An HTTP/1.1 client on one kept connection to loopback, simple enough to see everything that happens.
final class WebClient {
  struct Answer {
    let status: Int
    let head: String
    let body: [UInt8]
    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? {
      head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
        .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
    }
  }

  private let descriptor: Int32
  private var buffer: [UInt8] = []

  init(port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard code == 0 else {
      let failure = errno
      close(descriptor)
      throw POSIXError(.init(rawValue: failure) ?? .EIO)
    }
    var limit = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit {
    close(descriptor)
  }

  /// Sends a request and reads its answer; nil when the connection breaks.
  func exchange(_ method: String = "GET", _ target: String = "/", body: [UInt8]? = nil) -> Answer? {
    var head = "\(method) \(target) HTTP/1.1\r\nHost: example.org\r\n"
    if let body { head += "Content-Length: \(body.count)\r\n" }
    guard send(Array((head + "\r\n").utf8) + (body ?? [])) else { return nil }
    return receive(hasBody: method != "HEAD")
  }

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

  func receive(hasBody: Bool) -> Answer? {
    let end: [UInt8] = [13, 10, 13, 10]
    var headEnd: Int?
    while headEnd == nil {
      headEnd = buffer.indices.first { buffer[$0...].starts(with: end) }
      if headEnd == nil, !fill() { return nil }
    }
    let head = String(decoding: buffer[..<headEnd!], as: UTF8.self)
    buffer.removeFirst(headEnd! + 4)
    guard let status = Int(head.dropFirst(9).prefix(3)) else { return nil }
    let answer = Answer(status: status, head: head, body: [])
    let length =
      hasBody && status != 204 && status != 304 ? answer.header("Content-Length").flatMap { Int($0) } ?? 0 : 0
    while buffer.count < length { if !fill() { return nil } }
    defer { buffer.removeFirst(length) }
    return Answer(status: status, head: head, body: Array(buffer[..<length]))
  }

  private func fill() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 262_144)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    if count <= 0 { return false }
    buffer += bytes[..<count]
    return true
  }
}
