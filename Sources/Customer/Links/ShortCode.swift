/// The last part of a short address, `/l/<code>`: 2 to 40 of `a-z`, `0-9` and hyphens.
package struct ShortCode: Sendable, Hashable {
  package let text: String

  /// - Returns: nil for anything else.
  package init?(_ text: String) {
    guard (2...40).contains(text.utf8.count),
      text.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
    else { return nil }
    self.text = text
  }
}
