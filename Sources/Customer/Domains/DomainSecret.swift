/// What makes a customer's records in the DNS unlike everybody else's.
enum DomainSecret {
  /// The first label of a name that holds a proof.
  static let challengeLabel = "_smartpages-challenge"
  private static let valuePrefix = "smartpages-verification="

  /// A new token: 130 random bits.
  static func token() -> String { random(26) }

  /// A new first label of a customer's own target; sites cannot have such names.
  static func label() -> String { "d-\(random(24))" }

  /// Where a host's proof stands.
  static func challengeName(_ host: String) -> String { "\(challengeLabel).\(host)" }

  /// The text of a proof.
  static func value(_ token: String) -> String { valuePrefix + token }

  /// The token of a text; nil when it is about something else.
  static func token(of text: String) -> String? {
    text.hasPrefix(valuePrefix) ? String(text.dropFirst(valuePrefix.utf8.count)) : nil
  }

  private static func random(_ count: Int) -> String {
    String((0..<count).map { _ in digits.randomElement() ?? "a" })
  }

  /// Base 32 (RFC 4648) in small letters, as hosts are written.
  private static let digits = Array("abcdefghijklmnopqrstuvwxyz234567")
}
