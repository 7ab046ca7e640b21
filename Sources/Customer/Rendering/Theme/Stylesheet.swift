import Crypto
import FoundationEssentials

/// A style sheet and the hash by which a policy admits it (Content Security Policy Level 3, section 2.3.1).
struct Stylesheet: Sendable {
  let text: String
  /// Base64 of the text's SHA-256.
  let hash: String

  init(_ rules: CSS) {
    text = rules.text
    hash = Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
  }

  /// The sheet of a site whose pages hold blocks of these kinds.
  init(blocks kinds: Set<Block.Kind>) {
    var rules = DefaultTheme.tokens
    rules += BaseStyles.rules
    // Every site has a page for unknown addresses, with a button.
    let used = kinds.union([.button])
    for kind in Block.Kind.allCases where used.contains(kind) { rules += CSS(BlockStyles.css(for: kind)) }
    self.init(rules)
  }

  /// The policy of pages that carry this style sheet and nothing else.
  var contentSecurityPolicy: String {
    "default-src 'none'; style-src 'sha256-\(hash)'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
      + "frame-ancestors 'none'"
  }
}
