package import HTTP

/// An address that a customer may put on a page: `https`, `http`, `mailto` or `tel`, and nothing else.
///
/// What a browser would read differently from what stands there is refused rather than mended: control characters,
/// white space, backslashes, invisible and direction-changing characters, user names. What remains is stored in
/// ``text`` exactly as it is linked.
package struct WebLink: Sendable, Hashable {
  /// The schemes that are harmless to follow.
  package enum Scheme: String, Sendable, CaseIterable {
    case https, http, mailto, tel
  }

  /// The most that an address may have, in bytes of UTF-8, before and after normalising.
  package static let maximumLength = 2048

  package let scheme: Scheme
  /// The address: scheme and ASCII host letters in lower case, quotes and brackets percent-encoded.
  package let text: String

  /// Reads an address; nil when it is none that we link to.
  package init?(_ input: String) {
    guard input.utf8.count <= Self.maximumLength, !input.unicodeScalars.contains(where: Self.isRefused),
      let colon = input.utf8.firstIndex(of: UInt8(ascii: ":")),
      let scheme = Self.scheme(input[..<colon])
    else { return nil }
    let rest = input[input.utf8.index(after: colon)...]
    let normalised: String? =
      switch scheme {
      case .https, .http: Self.web(rest)
      case .mailto: Self.mail(rest)
      case .tel: Self.telephone(rest)
      }
    guard let normalised else { return nil }
    let text = "\(scheme.rawValue):\(normalised)"
    guard text.utf8.count <= Self.maximumLength else { return nil }
    self.scheme = scheme
    self.text = text
  }

  /// The host of a web address, as it is linked; nil for `mailto` and `tel`.
  package var host: String? {
    guard scheme == .https || scheme == .http else { return nil }
    let authority = text.dropFirst(scheme.rawValue.count + 3).prefix { !"/?#".contains($0) }
    return WebHost(authority: authority)?.name
  }

  /// Compares bytes, because letters such as `ſ` fold to ASCII ones.
  private static func scheme(_ name: Substring) -> Scheme? {
    let lowered = name.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    return Scheme.allCases.first { lowered.elementsEqual($0.rawValue.utf8) }
  }

  /// What has no place in an address, or makes it look like another.
  private static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x20, 0x5C, 0x7F...0xA0: return true
    case 0x21...0x7E: return false
    default:
      switch scalar.properties.generalCategory {
      case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        return true
      // Letters without a shape of their own, and what hides in the middle of a name.
      default: return scalar.properties.isDefaultIgnorableCodePoint
      }
    }
  }

  private static func web(_ rest: Substring) -> String? {
    guard rest.utf8.starts(with: "//".utf8) else { return nil }
    let afterSlashes = rest.unicodeScalars.dropFirst(2)
    let authority = afterSlashes.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard let host = WebHost(authority: Substring(authority)) else { return nil }
    return "//\(host.authority)\(encoded(Substring(afterSlashes[authority.endIndex...])))"
  }

  /// One or a few addresses and perhaps fields such as `?subject=` (RFC 6068).
  private static func mail(_ rest: Substring) -> String? {
    let addresses = rest.unicodeScalars.prefix { $0 != "?" }
    let list = Substring(addresses).split(separator: ",", omittingEmptySubsequences: false)
    // `mailto://` is no address of anyone, though a slash may stand inside of one.
    guard list.count <= 10, addresses.first != "/", !addresses.contains("#"), list.allSatisfy(isMailbox)
    else { return nil }
    return encoded(rest)
  }

  private static func isMailbox(_ address: Substring) -> Bool {
    let parts = address.unicodeScalars.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...64).contains(parts[0].count) else { return false }
    let isLocal = parts[0].allSatisfy { scalar in
      !scalar.isASCII || WebHost.isLetterOrDigit(scalar) || "!$&'*+-./=^_`{|}~".unicodeScalars.contains(scalar)
    }
    return isLocal && WebHost(authority: Substring(parts[1])).map { $0.port == nil && !$0.isLiteral } ?? false
  }

  /// A number with visual separators and parameters (RFC 3966).
  private static func telephone(_ rest: Substring) -> String? {
    let pieces = rest.unicodeScalars.split(separator: ";", omittingEmptySubsequences: false)
    let digits = pieces[0].first == "+" ? pieces[0].dropFirst() : pieces[0]
    let isNumber = digits.allSatisfy { ("0"..."9").contains($0) || "-.()*".unicodeScalars.contains($0) }
    let isTail = pieces.dropFirst().allSatisfy { parameter in
      !parameter.isEmpty
        && parameter.allSatisfy { WebHost.isLetterOrDigit($0) || "-.=+".unicodeScalars.contains($0) }
    }
    guard isNumber, isTail, digits.contains(where: { ("0"..."9").contains($0) }) else { return nil }
    return String(rest)
  }

  /// Percent-encodes what may not stand in an address and could end an attribute that someone forgot to escape.
  private static func encoded(_ text: Substring) -> String {
    var output = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "<", ">", "`", "{", "}", "|", "^": output += "%" + String(scalar.value, radix: 16, uppercase: true)
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}

extension ObjectReader {
  /// A member that must hold an address; nil, with the fault noted, when it does not.
  package mutating func link(_ name: String) -> WebLink? {
    guard let value = value(name) else {
      refuse(name, .required)
      return nil
    }
    guard let text = value.stringValue else {
      refuse(name, .wrongType)
      return nil
    }
    if text.isEmpty {
      refuse(name, .required)
    } else if text.utf8.count > WebLink.maximumLength {
      refuse(name, .tooLong(WebLink.maximumLength))
    } else if let link = WebLink(text) {
      return link
    } else {
      refuse(name, .invalidURL)
    }
    return nil
  }
}
