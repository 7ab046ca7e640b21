/// A site's name on the volume: up to 64 lower-case letters, digits and inner hyphens.
package struct SiteID: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// Nil for a text that is no such name.
  package init?(_ text: String) {
    guard PathName.isLabel(text, limit: 64) else { return nil }
    description = text
  }
}
