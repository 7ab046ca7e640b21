import Foundation
import Synchronization

/// A server on loopback that does to each connection what a test says, for what nginx would never do.
final class RawServer: Sendable {
  let port: UInt16
  private let listener: Int32
  private let state = Mutex(State())

  private struct State {
    var open: Set<Int32> = []
    var accepted = 0
    var requests: [String] = []
    var isClosed = false
  }

  /// - Parameter serve: runs on a thread of its own for each connection, which is closed after it.
  init(host: String = "127.0.0.1", serve: @escaping @Sendable (RawConnection) -> Void) throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr(host)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = listener
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, size) == 0 && listen(descriptor, 128) == 0
          && getsockname(descriptor, pointer, &size) == 0
      }
    }
    guard code else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    port = UInt16(bigEndian: address.sin_port)
    start { [weak self] in
      while true {
        let descriptor = accept(descriptor, nil, nil)
        guard descriptor >= 0 else { return }
        guard let self, self.admit(descriptor) else {
          close(descriptor)
          return
        }
        start {
          serve(RawConnection(descriptor, self))
          self.end(descriptor)
        }
      }
    }
  }

  deinit {
    shut()
  }

  var origin: String { "http://127.0.0.1:\(port)" }

  /// How many connections came.
  var accepted: Int { state.withLock { $0.accepted } }

  /// What was read by `readRequest`, heads with bodies.
  var requests: [String] { state.withLock { $0.requests } }

  /// Ends all connections.
  func shut() {
    let (open, first) = state.withLock { state in
      defer { state.isClosed = true }
      return (state.open, !state.isClosed)
    }
    guard first else { return }
    for descriptor in open { shutdown(descriptor, Int32(SHUT_RDWR)) }
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  fileprivate func note(_ request: String) { state.withLock { $0.requests.append(request) } }

  private func admit(_ descriptor: Int32) -> Bool {
    state.withLock { state in
      guard !state.isClosed else { return false }
      state.accepted += 1
      state.open.insert(descriptor)
      return true
    }
  }

  private func end(_ descriptor: Int32) {
    state.withLock { state in
      state.open.remove(descriptor)
      close(descriptor)
    }
  }
}

private func start(_ body: @escaping @Sendable () -> Void) {
  let thread = Thread(block: body)
  thread.stackSize = 256 << 10
  thread.start()
}

/// One connection of a `RawServer`.
struct RawConnection {
  private let descriptor: Int32
  private let server: RawServer

  fileprivate init(_ descriptor: Int32, _ server: RawServer) {
    self.descriptor = descriptor
    self.server = server
  }

  /// Reads a request up to the end of its body; nil when the client closes.
  @discardableResult
  func readRequest() -> String? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      bytes += buffer[..<count]
      let text = String(decoding: bytes, as: UTF8.self)
      guard let end = text.range(of: "\r\n\r\n") else { continue }
      let length = text[..<end.lowerBound].lowercased().firstMatch(of: /content-length: ([0-9]+)/)?.1
      if text[end.upperBound...].utf8.count >= length.flatMap({ Int($0) }) ?? 0 {
        server.note(text)
        return text
      }
    }
  }

  /// False when the client has closed.
  @discardableResult
  func write(_ text: String) -> Bool { write(Array(text.utf8)) }

  @discardableResult
  func write(_ bytes: [UInt8]) -> Bool {
    send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
  }

  /// Waits until the client closes.
  func hold() {
    var byte: UInt8 = 0
    while recv(descriptor, &byte, 1, 0) > 0 {}
  }

  /// Says that nothing more will be written; on loopback the client's side knows when this returns.
  func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Ends the connection by a reset.
  func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Foundation.linger>.size))
  }
}
