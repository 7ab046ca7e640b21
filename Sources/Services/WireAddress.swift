extension WebLink {
  /// The address in ASCII, as it goes over the wire: the host as DNS knows it, everything else percent-encoded.
  package var ascii: String {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    guard let host else { return Self.percentEncoded(text[...]) }
    let start = text.index(text.startIndex, offsetBy: scheme.rawValue.count + 3)
    let rest = text[text.index(start, offsetBy: host.count)...]
    let labels = host.split(separator: ".", omittingEmptySubsequences: false).map(Punycode.label)
    // A label that has no such form resolves nowhere in either.
    let wire = labels.contains(nil) ? Self.percentEncoded(host[...]) : labels.compactMap(\.self).joined(separator: ".")
    return "\(scheme.rawValue)://\(wire)\(Self.percentEncoded(rest))"
  }

  /// The address with values in its query, in that order; a value of the same name that stood there gives way.
  ///
  /// - Returns: itself when it is no web address, and when it would become too long.
  package func adding(query values: [(name: String, value: String)]) -> WebLink {
    guard host != nil, !values.isEmpty else { return self }
    let fragment = text.firstIndex(of: "#") ?? text.endIndex
    let mark = text[..<fragment].firstIndex(of: "?") ?? fragment
    let present = text[mark..<fragment].dropFirst().split(separator: "&").filter { pair in
      !values.contains { pair == $0.name || pair.hasPrefix($0.name + "=") }
    }
    let added = values.map { "\($0.name)=\(Self.encodedValue($0.value))" }
    let query = (present.map { String($0) } + added).joined(separator: "&")
    // A host without a path would swallow the question mark in old clients.
    let base = text[..<mark].dropFirst(scheme.rawValue.count + 3).contains("/") ? text[..<mark] : text[..<mark] + "/"
    return WebLink("\(base)?\(query)\(text[fragment...])") ?? self
  }

  /// What stands in a query's value as it is (RFC 3986, 2.3); all else is percent-encoded.
  private static func encodedValue(_ text: String) -> String {
    encoded(text[...]) { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        true
      default: false
      }
    }
  }

  private static func percentEncoded(_ text: Substring) -> String {
    encoded(text) { (0x21...0x7E).contains($0) }
  }

  private static func encoded(_ text: Substring, isPlain: (UInt8) -> Bool) -> String {
    var output: [UInt8] = []
    for byte in text.utf8 {
      if isPlain(byte) {
        output.append(byte)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        output.append(contentsOf: "%\(digits.count == 1 ? "0" : "")\(digits)".utf8)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}
