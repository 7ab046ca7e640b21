import Crypto
import FoundationEssentials

/// A style sheet and the hash by which a policy admits it (Content Security Policy Level 3, section 2.3.1).
struct Stylesheet: Sendable {
  let text: String
  /// Base64 of the text's SHA-256.
  let hash: String

  /// - Parameter source: CSS in which the ends of lines carry no meaning; they and indentation are dropped.
  init(_ source: StaticString) {
    let lines = source.description.split(separator: "\n").map { $0.drop { $0 == " " } }
    text = lines.filter { !$0.hasPrefix("/*") }.joined()
    hash = Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
  }

  /// The policy of pages that carry this style sheet and nothing else.
  var contentSecurityPolicy: String {
    "default-src 'none'; style-src 'sha256-\(hash)'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
      + "frame-ancestors 'none'"
  }
}
