/// A host's name in lower case and without a port: labels of letters, digits and inner hyphens, joined by dots
/// (RFC 1123; internationalised names in their ASCII form).
package struct HostName: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// Takes upper case too; nil for a text that is no such name.
  package init?(_ text: some StringProtocol) {
    guard (1...253).contains(text.utf8.count) else { return nil }
    // ASCII letters only: Unicode's rules would turn other characters into them.
    let isLower = !text.utf8.contains { (65...90).contains($0) }
    let lower =
      isLower ? String(text) : String(decoding: text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    for label in lower.split(separator: ".", omittingEmptySubsequences: false) {
      guard PathName.isLabel(label, limit: 63) else { return nil }
    }
    description = lower
  }
}
