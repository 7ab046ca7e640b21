/// The name of a page in its address: `about` in `/about/`. Empty for the home page.
package struct PageSlug: Sendable, Hashable {
  /// The page at `/`.
  package static let home = PageSlug(unchecked: "")

  /// Names that the renderer itself gives out, in whichever language a site has.
  private static let reserved: Set<String> = ["imprint", "impressum", "privacy", "datenschutz"]

  package let text: String

  private init(unchecked text: String) {
    self.text = text
  }

  /// Reads a slug: at most 40 lower-case letters, digits and single hyphens inside, and none of the legal pages'
  /// names. Empty is the home page; nil is none.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    let isWord = bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    let hyphen = UInt8(ascii: "-")
    let hasDouble = zip(bytes, bytes.dropFirst()).contains { $0 == hyphen && $1 == hyphen }
    guard bytes.count <= 40, isWord, !hasDouble, bytes.first != hyphen, bytes.last != hyphen,
      !Self.reserved.contains(text)
    else { return nil }
    self.text = text
  }
}
