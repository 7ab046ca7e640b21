import DomainNames
import HTTP

/// A host that a customer may connect, in the one spelling that the DNS knows.
struct DomainHost: Equatable {
  /// ASCII, lower case, without a dot at its end.
  let name: String
  /// The part of it that was bought from a registrar.
  let registrable: String

  /// A file's name has room for 255 bytes, and more than the host stands in it.
  private static let longest = 200
  /// Each is a name that the DNS is asked for.
  private static let mostLabelsBelow = 8

  var isRegistrable: Bool { name == registrable }

  /// The same with `www` before it; nil where there is none.
  var www: DomainHost? {
    guard isRegistrable, let www = DomainNames.asciiDomain("www.\(name)"), www.utf8.count <= Self.longest
    else { return nil }
    return DomainHost(name: www, registrable: registrable)
  }

  private init(name: String, registrable: String) {
    self.name = name
    self.registrable = registrable
  }

  /// - Parameters:
  ///   - typed: as a person writes it: any case, letters of all scripts, perhaps with the dot at its end.
  ///   - own: the hosts of this installation; neither they nor what is below them is anybody's.
  init(_ typed: String, own: [String]) throws(DomainRefusal) {
    var text = String(typed.drop { $0.isWhitespace })
    while text.last?.isWhitespace == true { text.removeLast() }
    // The full stops that UTS 46 takes for a dot.
    if let last = text.unicodeScalars.last, [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"].contains(last) {
      text = String(String.UnicodeScalarView(text.unicodeScalars.dropLast()))
    }
    if Self.isAddress(text) { throw DomainRefusal(code: .ipAddress) }
    guard let name = DomainNames.asciiDomain(text) else { throw DomainRefusal(code: .invalidDomain) }
    if Self.isAddress(name) { throw DomainRefusal(code: .ipAddress) }
    let labels = name.split(separator: ".")
    if let last = labels.last, Self.reserved.contains(last) { throw DomainRefusal(code: .reservedName) }
    guard labels.count > 1 else { throw DomainRefusal(code: .invalidDomain) }
    if own.contains(where: { name == $0 || name.hasSuffix(".\($0)") }) { throw DomainRefusal(code: .ownHost) }
    guard let registrable = DomainNames.registrableDomain(of: name) else {
      throw DomainRefusal(code: .publicSuffix)
    }
    let below = labels.count - registrable.split(separator: ".").count
    guard name.utf8.count <= Self.longest, below <= Self.mostLabelsBelow else {
      throw DomainRefusal(code: .invalidDomain)
    }
    self.init(name: name, registrable: registrable)
  }

  /// Browsers take a name for an address when its last label is a number (WHATWG URL, "ends in a number").
  private static func isAddress(_ text: String) -> Bool {
    if text.contains(":") { return text.allSatisfy { $0.isHexDigit || ":.%[]".contains($0) } }
    guard let last = text.split(separator: ".").last else { return false }
    let digits = last.utf8
    if digits.allSatisfy({ (0x30...0x39).contains($0) }) { return true }
    return last.lowercased().hasPrefix("0x") && last.dropFirst(2).allSatisfy(\.isHexDigit)
  }

  /// What can never be reached from outside (RFC 6761, 6762, 7686, 8375, 9476 and ICANN's `internal`).
  private static let reserved: Set<Substring> = [
    "localhost", "local", "internal", "test", "example", "invalid", "onion", "arpa", "alt",
  ]
}

/// Why a host cannot be anybody's.
struct DomainRefusal: Error {
  let code: FieldErrorCode
}
