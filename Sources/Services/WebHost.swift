/// The host and port of a web address: a name (international ones as typed), an IPv4 or an IPv6 address.
///
/// User names are refused: `https://bank.example@evil.example` shows one host and opens another.
struct WebHost {
  /// The host, ASCII letters in lower case, IPv6 in brackets.
  let name: String
  let port: Int?

  /// Whether the host is an IP address.
  let isLiteral: Bool

  /// Host and port as they stand in the address.
  var authority: String { port.map { "\(name):\($0)" } ?? name }

  /// Reads `host` or `host:port`; nil when it is neither.
  init?(authority: Substring) {
    let scalars = authority.unicodeScalars
    guard !scalars.contains("@"), scalars.count <= 300 else { return nil }
    let host: Substring.UnicodeScalarView
    if scalars.first == "[" {
      guard let end = scalars.firstIndex(of: "]"), Self.isIPv6(scalars[scalars.index(after: scalars.startIndex)..<end])
      else { return nil }
      host = scalars[...end]
      isLiteral = true
    } else {
      host = scalars.prefix { $0 != ":" }
      guard let kind = Self.kind(host) else { return nil }
      isLiteral = kind == .address
    }
    switch Self.port(scalars[host.endIndex...]) {
    case .none: return nil
    case .some(let port): self.port = port
    }
    name = String(String.UnicodeScalarView(host.map(Self.lowercased)))
  }

  static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
  }

  private static func lowercased(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value | 0x20)) : scalar
  }

  /// The outer nil says that it is no port.
  private static func port(_ tail: Substring.UnicodeScalarView) -> Int?? {
    if tail.isEmpty { return .some(nil) }
    let digits = tail.dropFirst()
    guard tail.first == ":", (1...5).contains(digits.count), digits.allSatisfy({ ("0"..."9").contains($0) }),
      let number = Int(String(digits)), (1...65_535).contains(number)
    else { return .none }
    return .some(number)
  }

  private enum Kind { case name, address }

  private static func kind(_ host: Substring.UnicodeScalarView) -> Kind? {
    var labels = host.split(separator: ".", omittingEmptySubsequences: false)
    if labels.count > 1, labels.last?.isEmpty == true { labels.removeLast() }
    guard (1...253).contains(host.count), labels.allSatisfy(isLabel), let last = labels.last else { return nil }
    // A browser takes a host whose last label is a number for an IPv4 address, in any of its odd spellings.
    let isNumeric = last.allSatisfy { ("0"..."9").contains($0) }
    if isNumeric || last.starts(with: "0x".unicodeScalars) || last.starts(with: "0X".unicodeScalars) {
      return isIPv4(host) ? .address : nil
    }
    return .name
  }

  private static func isLabel(_ label: Substring.UnicodeScalarView) -> Bool {
    guard (1...63).contains(label.count), label.first != "-", label.last != "-" else { return false }
    return label.allSatisfy { scalar in
      if scalar.isASCII { return isLetterOrDigit(scalar) || scalar == "-" || scalar == "_" }
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
        .nonspacingMark, .spacingMark:
        return true
      // Signs such as `℀` or `⒈` turn into ASCII with a slash or a dot when a browser maps the name.
      default: return false
      }
    }
  }

  private static func isIPv4(_ host: Substring.UnicodeScalarView) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        (1...3).contains(part.count) && (part.count == 1 || part.first != "0")
          && UInt8(String(part)) != nil && part.first != "+"
      }
  }

  /// RFC 4291, section 2.2, without zones.
  private static func isIPv6(_ text: Substring.UnicodeScalarView) -> Bool {
    let characters = Array(text)
    guard (2...45).contains(characters.count) else { return false }
    let gaps = characters.indices.dropLast().filter { characters[$0] == ":" && characters[$0 + 1] == ":" }
    guard gaps.count <= 1 else { return false }
    let halves: [[Unicode.Scalar]] =
      gaps.first.map { [Array(characters[..<$0]), Array(characters[($0 + 2)...])] } ?? [characters]
    var groups = 0
    for (index, half) in halves.enumerated() where !half.isEmpty {
      let parts = half.split(separator: ":", omittingEmptySubsequences: false)
      for (position, part) in parts.enumerated() {
        let isLast = index == halves.count - 1 && position == parts.count - 1
        if isLast, part.contains(".") {
          guard isIPv4(Substring(String(String.UnicodeScalarView(part))).unicodeScalars) else { return false }
          groups += 2
        } else {
          guard (1...4).contains(part.count), part.allSatisfy({ $0.properties.isASCIIHexDigit }) else { return false }
          groups += 1
        }
      }
    }
    return gaps.isEmpty ? groups == 8 : groups <= 7
  }
}
