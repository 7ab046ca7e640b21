/// An e-mail address in the form in which it is stored and compared: trimmed, lower case.
///
/// The local part keeps to the dot-atom of RFC 5322, section 3.2.3; the domain to host names, IDN allowed as typed.
package struct EmailAddress: Hashable, Sendable {
  package let text: String

  package init?(_ typed: String) {
    let trimmed = typed.drop { $0.isWhitespace }
    let text = String(trimmed.reversed().drop { $0.isWhitespace }.reversed()).lowercased()
    guard text.utf8.count <= 254, let at = text.lastIndex(of: "@") else { return nil }
    let local = text[..<at]
    let domain = text[text.index(after: at)...]
    guard (1...64).contains(local.utf8.count), local.first != ".", local.last != ".", !local.contains(".."),
      local.unicodeScalars.allSatisfy(Self.isAtom)
    else { return nil }
    let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, labels.allSatisfy(Self.isLabel), labels.last.map({ $0.utf8.count >= 2 }) == true else {
      return nil
    }
    self.text = text
  }

  private static func isAtom(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x80
      ? scalar.properties.isAlphabetic
      : scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        || ".!#$%&'*+/=?^_`{|}~-".unicodeScalars.contains(scalar)
  }

  private static func isLabel(_ label: Substring) -> Bool {
    (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
      && label.unicodeScalars.allSatisfy {
        $0 == "-" || ("0"..."9").contains($0) || $0.properties.isAlphabetic
      }
  }
}
