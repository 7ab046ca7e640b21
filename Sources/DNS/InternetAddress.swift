import Glibc

/// The text of IPv4 and IPv6 addresses.
package enum InternetAddress {
  /// The one canonical text of an address (RFC 5952), so that two can be compared; nil when it is none.
  package static func canonical(_ text: String) -> String? {
    guard text.utf8.count < 46, !text.utf8.contains(0) else { return nil }
    var bytes = [UInt8](repeating: 0, count: 16)
    if unsafe inet_pton(AF_INET, text, &bytes) == 1 { return self.text(bytes[..<4]) }
    if unsafe inet_pton(AF_INET6, text, &bytes) == 1 { return self.text(bytes[...]) }
    return nil
  }

  /// - Parameter bytes: 4 or 16, in network order; nil for another number.
  static func text(_ bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = bytes.count == 4 ? AF_INET : AF_INET6
    guard unsafe inet_ntop(family, Array(bytes), &text, socklen_t(text.count)) != nil else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
