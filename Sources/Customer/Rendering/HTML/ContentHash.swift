import Crypto
import FoundationEssentials

/// The hash by which a policy admits a style sheet or script of a page (Content Security Policy Level 3, 2.3.1).
enum ContentHash {
  /// Base64 of the text's SHA-256.
  static func base64(_ text: String) -> String {
    Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
  }
}
