/// Why an authority gave no certificate.
package struct ACMEFailure: Error, Equatable, CustomStringConvertible {
  /// What went wrong, as far as one acts differently on it.
  package enum Kind: String, Sendable, CaseIterable {
    /// No answer from the authority.
    case away
    /// It has trouble of its own.
    case broken
    /// Too much was asked of it.
    case rateLimited = "rate_limited"
    /// CAA records of the domain forbid it.
    case caa
    /// It could not look the host up.
    case dns
    /// It could not connect to the host.
    case unreachable
    /// It was answered by somebody else there.
    case wrongAnswer = "wrong_answer"
    /// It never issues for this host.
    case refused
    /// There is no account, or it may not do this.
    case account
    /// The client could not be run, or said something that is not understood.
    case client
  }

  package let kind: Kind
  /// In the authority's or the client's own words, for the log and the curious.
  package let description: String

  init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = String(description.prefix(500))
  }

  /// Whether it says something about the authority or our account, not about one host.
  package var isGeneral: Bool { kind == .away || kind == .broken || kind == .account || kind == .client }

  /// Whether the authority counts it among failed authorisations.
  package var isFailedAuthorisation: Bool { [.caa, .dns, .unreachable, .wrongAnswer].contains(kind) }

  /// Reads what the client said on standard error.
  init(message: String) {
    let detail = Self.member("detail", in: message) ?? String(message.suffix(300))
    guard let type = Self.member("type", in: message), let name = type.split(separator: ":").last else {
      let says = { (signs: [String]) in signs.contains { message.contains($0) } }
      let isAway = says(["curl_get failed", "curl_post failed", "failed to fetch directory"])
      let isAccount = says(["no account associated", "external credentials"])
      self.init(isAccount ? .account : isAway ? .away : .client, detail)
      return
    }
    self.init(Self.kind(String(name)), detail)
  }

  /// The error types of RFC 8555, section 6.7.
  private static func kind(_ type: String) -> Kind {
    switch type {
    case "rateLimited": .rateLimited
    case "serverInternal", "badNonce": .broken
    case "caa": .caa
    case "dns": .dns
    case "connection", "tls": .unreachable
    case "unauthorized", "incorrectResponse": .wrongAnswer
    case "rejectedIdentifier", "unsupportedIdentifier": .refused
    case "accountDoesNotExist", "externalAccountRequired", "userActionRequired": .account
    default: .client
    }
  }

  /// The last string member of that name in the JSON that the client prints.
  private static func member(_ name: String, in text: String) -> String? {
    let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
    guard let line = lines.last(where: { $0.hasPrefix("\"\(name)\": \"") }) else { return nil }
    let value = line.dropFirst(name.utf8.count + 5)
    guard let end = value.lastIndex(of: "\"") else { return nil }
    return String(value[..<end]).replacing("\\\"", with: "\"")
  }
}
