import CCurl
import Glibc

/// An address of the network layer, as it is connected to.
enum NetworkAddress: Equatable, Sendable {
  case v4(UInt32)
  case v6(UInt128)
  /// Of another family, a UNIX socket say.
  case other

  init(_ address: UnsafePointer<curl_sockaddr>) {
    // `addr` is declared as the shortest form; `addrlen` tells how much of it there is.
    let bytes = unsafe UnsafeRawBufferPointer(
      start: UnsafeRawPointer(address) + MemoryLayout<curl_sockaddr>.offset(of: \.addr)!,
      count: Int(address.pointee.addrlen))
    switch unsafe (address.pointee.family, bytes.count) {
    case (AF_INET, MemoryLayout<sockaddr_in>.size...):
      let value = unsafe bytes.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr
      self = .v4(UInt32(bigEndian: value))
    case (AF_INET6, MemoryLayout<sockaddr_in6>.size...):
      let value = unsafe bytes.loadUnaligned(as: sockaddr_in6.self).sin6_addr
      self = .v6(unsafe UInt128(bigEndian: unsafeBitCast(value, to: UInt128.self)))
    default: self = .other
    }
  }
}

extension NetworkAddress: CustomStringConvertible {
  var description: String {
    switch self {
    case .v4(let value):
      return (0..<4).map { String(value >> (24 - 8 * $0) & 0xFF) }.joined(separator: ".")
    case .v6(let value):
      return (0..<8).map { String(value >> (112 - 16 * $0) & 0xFFFF, radix: 16) }.joined(separator: ":")
    case .other: return "no internet address"
    }
  }
}
