import Glibc

/// A DNS server by its address; names of servers are looked up before.
package struct DNSServer: Hashable, Sendable {
  /// IPv4 or IPv6 in its one canonical text (RFC 5952), without brackets.
  package let address: String
  /// Of UDP and TCP alike.
  package let port: Int

  /// - Parameter text: as in `9.9.9.9`, `9.9.9.9:53`, `2620:fe::fe` or `[2620:fe::fe]:53`; the port is 53 if not given.
  /// - Returns: nil when it is anything else; names are, and addresses with a zone (`fe80::1%eth0`).
  package init?(_ text: String) {
    if let whole = InternetAddress.canonical(text) {
      (address, port) = (whole, 53)
      return
    }
    var host = text[...]
    var port = 53
    if let colon = text.lastIndex(of: ":"), text[..<colon].last == "]" || !text[..<colon].contains(":") {
      let digits = text[text.index(after: colon)...]
      guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits) else { return nil }
      (host, port) = (text[..<colon], number)
    }
    let isBracketed = host.first == "[" && host.last == "]"
    if isBracketed { host = host.dropFirst().dropLast() }
    guard (1...65_535).contains(port), let address = InternetAddress.canonical(String(host)),
      isBracketed == address.contains(":")
    else { return nil }
    (self.address, self.port) = (address, port)
  }

  /// - Parameter address: canonical already.
  init(canonical address: String, port: Int) {
    (self.address, self.port) = (address, port)
  }
}

extension DNSServer: CustomStringConvertible {
  /// `9.9.9.9:53` or `[2620:fe::fe]:53`.
  package var description: String { address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)" }
}
