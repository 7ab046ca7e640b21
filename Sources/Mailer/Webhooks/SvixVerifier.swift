import Crypto
import FoundationEssentials
package import HTTP
package import Services

/// Checks signatures of webhooks as Svix makes them (https://docs.svix.com/receiving/verifying-payloads/how-manual).
package struct SvixVerifier: Sendable {
  private let keys: [SymmetricKey]

  /// How far a message's time may be from ours, in both directions.
  package static let toleranceSeconds: Int64 = 300
  private static let longestID = 256
  /// What is longer than any true header is refused before anything is computed.
  private static let longestSignatures = 4096
  private static let mostSignatures = 16

  /// - Parameter secrets: `whsec_` and base64 each; those that are not are left out (``isSecret(_:)``).
  package init(secrets: [String]) {
    keys = secrets.compactMap(Self.key)
  }

  /// Whether a text is a secret that signatures can be checked with.
  package static func isSecret(_ text: String) -> Bool { key(text) != nil }

  /// The message's id, when its signature holds for the raw bytes.
  /// - Throws: ``Problem`` of 400.
  package func verify(_ body: [UInt8], _ signature: MailWebhookSignature, at now: Instant = .now) throws -> String {
    guard let id = signature.id, (1...Self.longestID).contains(id.utf8.count),
      id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
      let timestamp = signature.timestamp, (1...12).contains(timestamp.utf8.count),
      timestamp.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(timestamp),
      (now.seconds - seconds).magnitude <= UInt64(Self.toleranceSeconds),
      let signatures = signature.signatures, signatures.utf8.count <= Self.longestSignatures
    else { throw Problem(.signatureInvalid) }
    let content = Array("\(id).\(timestamp).".utf8) + body
    for candidate in signatures.split(separator: " ").prefix(Self.mostSignatures) {
      let parts = candidate.split(separator: ",", maxSplits: 1)
      guard parts.count == 2, parts[0] == "v1", let code = Data(base64Encoded: String(parts[1])) else { continue }
      // Compares in constant time.
      let holds = keys.contains {
        HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: content, using: $0)
      }
      if holds { return id }
    }
    throw Problem(.signatureInvalid)
  }

  private static func key(_ secret: String) -> SymmetricKey? {
    guard secret.hasPrefix("whsec_"), let bytes = Data(base64Encoded: String(secret.dropFirst(6))), bytes.count >= 16
    else { return nil }
    return SymmetricKey(data: bytes)
  }
}
