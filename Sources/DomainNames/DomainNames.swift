import CIDN2

/// Domain names as people type them, and as the DNS knows them.
package enum DomainNames {
  /// The one spelling of a domain name that the DNS knows: lower case ASCII, other letters as punycode, after the
  /// mapping of UTS 46 (nontransitional, as browsers do it), which also makes one of full-width, composed and
  /// decomposed letters.
  ///
  /// - Parameter name: without a dot at its end.
  /// - Returns: nil when it is no host name: letters that IDNA 2008 does not allow, punycode of nothing, an empty
  ///   label, one of more than 63 bytes, a name of more than 253 (RFC 1035, RFC 5891, RFC 1123).
  package static func asciiDomain(_ name: String) -> String? {
    // Whatever is that long is no name, and is not to be worked on; C would take a zero byte for the end.
    guard name.utf8.count <= 4 * longestBytes, !name.utf8.contains(0) else { return nil }
    let lower = name.lowercased()
    // The library would refuse two hyphens in the third and fourth place, which names that are in use have.
    let isPlain = lower.utf8.allSatisfy { $0 < 0x80 } && !labels(lower).contains { $0.starts(with: "xn--".utf8) }
    guard let ascii = isPlain ? lower : mapped(name) else { return nil }
    // The library looks at what is not ASCII and passes on the rest; its own rules for that (STD 3) leave out what
    // they do not allow instead of refusing it.
    guard ascii.utf8.count <= longestBytes, labels(ascii).allSatisfy(isHostLabel) else { return nil }
    return ascii
  }

  /// As text, without the length bytes of labels and root that make it 255 (RFC 1035, section 2.3.4).
  private static let longestBytes = 253

  private static func mapped(_ name: String) -> String? {
    var output: UnsafeMutablePointer<CChar>?
    let result = unsafe idn2_to_ascii_8z(name, &output, Int32(IDN2_NONTRANSITIONAL.rawValue))
    guard result == IDN2_OK.rawValue, let found = unsafe output else { return nil }
    defer { unsafe idn2_free(found) }
    return unsafe String(cString: found)
  }

  /// A domain name as people read it, for showing only: punycode as the letters that it stands for.
  ///
  /// - Parameter ascii: as of `asciiDomain`.
  /// - Returns: the name as it is when it has no such letters, or is not what `asciiDomain` would make of them: what is
  ///   shown must lead where it says.
  package static func unicodeDomain(_ ascii: String) -> String {
    guard !ascii.utf8.contains(0), labels(ascii).contains(where: { $0.starts(with: "xn--".utf8) }) else { return ascii }
    var output: UnsafeMutablePointer<CChar>?
    let result = unsafe idn2_to_unicode_8z8z(ascii, &output, Int32(IDN2_NONTRANSITIONAL.rawValue))
    guard result == IDN2_OK.rawValue, let found = unsafe output else { return ascii }
    defer { unsafe idn2_free(found) }
    let shown = unsafe String(cString: found)
    return asciiDomain(shown) == ascii ? shown : ascii
  }

  private static func labels(_ name: String) -> [Substring.UTF8View] {
    name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  }

  private static func isHostLabel(_ label: Substring.UTF8View) -> Bool {
    let hyphen = UInt8(ascii: "-")
    return (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
      && label.allSatisfy {
        $0 == hyphen || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
      }
  }
}
