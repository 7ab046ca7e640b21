import Crypto
import FoundationEssentials

/// A style sheet and the hash by which a policy admits it (Content Security Policy Level 3, section 2.3.1).
struct Stylesheet: Sendable {
  let text: String
  /// Base64 of the text's SHA-256.
  let hash: String
  /// Whether it asks for fonts of the site.
  private(set) var hasFonts = false

  init(_ rules: CSS) {
    text = rules.text
    hash = Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
  }

  /// The sheet of a site of this look whose pages hold blocks of these kinds.
  init(_ look: Look, blocks kinds: Set<Block.Kind>) {
    var rules = look.rules
    rules += BaseStyles.rules
    // Every site has a page for unknown addresses, with a button.
    let used = kinds.union([.button])
    for kind in Block.Kind.allCases where used.contains(kind) { rules += CSS(BlockStyles.css(for: kind)) }
    rules += CSS(LayoutStyles.css(for: look.layout))
    self.init(rules)
    hasFonts = look.font != nil
  }

  /// The policy of pages that carry this style sheet and nothing else.
  var contentSecurityPolicy: String {
    "default-src 'none'; style-src 'sha256-\(hash)'; img-src 'self' data:; "
      + (hasFonts ? "font-src 'self'; " : "") + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  }
}
