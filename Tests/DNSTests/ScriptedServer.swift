import Foundation
import Support

/// A DNS server on loopback that says to each question what a test says, for what no real one would.
final class ScriptedServer: Sendable {
  /// One packet of an answer.
  struct Reply: Sendable {
    let bytes: [UInt8]
    /// Whether it comes from another port than the question went to.
    var isFromElsewhere = false
  }

  let port: UInt16
  private let udp: Int32
  private let tcp: Int32
  private let elsewhere: Int32

  /// - Parameters:
  ///   - overTCP: also by TCP, of which a reply's packets are parts with their length in front.
  ///   - answer: to a question as it came, and whether by TCP; nothing: silence.
  init(overTCP: Bool = true, _ answer: @escaping @Sendable ([UInt8], Bool) -> [Reply]) throws {
    let (udp, tcp, port) = try Self.pair(overTCP)
    let elsewhere = try Self.bound(SOCK_DGRAM, 0)
    (self.udp, self.port, self.tcp, self.elsewhere) = (udp, port, tcp, elsewhere)
    Self.start {
      var buffer = [UInt8](repeating: 0, count: 4096)
      var sender = sockaddr_in()
      while true {
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let count = Self.withAddress(&sender) { recvfrom(udp, &buffer, buffer.count, 0, $0, &size) }
        guard count > 0 else { return }
        for reply in answer(Array(buffer[..<count]), false) {
          let from = reply.isFromElsewhere ? elsewhere : udp
          _ = Self.withAddress(&sender) { sendto(from, reply.bytes, reply.bytes.count, 0, $0, size) }
        }
      }
    }
    guard overTCP else { return }
    Self.start {
      while true {
        let client = accept(tcp, nil, nil)
        guard client >= 0 else { return }
        Self.start {
          defer { close(client) }
          var buffer = [UInt8](repeating: 0, count: 4096)
          let count = recv(client, &buffer, buffer.count, 0)
          guard count > 2 else { return }
          for reply in answer(Array(buffer[2..<count]), true) {
            let length = reply.bytes.count
            let framed = [UInt8(length >> 8 & 0xFF), UInt8(length & 0xFF)] + reply.bytes
            _ = send(client, framed, framed.count, Int32(MSG_NOSIGNAL))
          }
          // It closes when the client has: what was sent must not be lost.
          _ = recv(client, &buffer, buffer.count, 0)
        }
      }
    }
  }

  deinit {
    for descriptor in [udp, tcp] where descriptor >= 0 { shutdown(descriptor, Int32(SHUT_RDWR)) }
    close(elsewhere)
  }

  /// Both of one port, which the kernel chooses for UDP alone: somebody may have it for TCP.
  private static func pair(_ overTCP: Bool) throws -> (udp: Int32, tcp: Int32, port: UInt16) {
    var failure: any Error = POSIXError(.EADDRINUSE)
    for _ in 0..<100 {
      let udp = try bound(SOCK_DGRAM, 0)
      let port = port(of: udp)
      do {
        return (udp, overTCP ? try bound(SOCK_STREAM, port) : -1, port)
      } catch {
        close(udp)
        failure = error
      }
    }
    throw failure
  }

  private static func bound(_ type: __socket_type, _ port: UInt16) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(type.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let isBound = withAddress(&address) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 }
    guard isBound, type == SOCK_DGRAM || listen(descriptor, 64) == 0 else {
      defer { close(descriptor) }
      throw POSIXError(.init(rawValue: errno) ?? .EIO)
    }
    return descriptor
  }

  private static func port(of descriptor: Int32) -> UInt16 {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withAddress(&address) { getsockname(descriptor, $0, &size) }
    return UInt16(bigEndian: address.sin_port)
  }

  private static func withAddress<Result>(
    _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> Result
  ) -> Result {
    withUnsafeMutablePointer(to: &address) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body) }
  }

  private static func start(_ body: @escaping @Sendable () -> Void) {
    let thread = Thread(block: body)
    thread.stackSize = 256 << 10
    thread.start()
  }
}
