import HTTP

/// What is known of a host's certificate, as the API shows it.
struct CertificateState: Sendable {
  enum Name: String, Sendable {
    /// This installation fetches none.
    case off
    case waiting, issued, failing
  }

  let name: Name
  var issuer: String?
  var serial: String?
  var notBefore: Instant?
  var notAfter: Instant?
  var renewsAt: Instant?
  var nextTryAt: Instant?
  /// Why the last try failed: a name for programs, and the words of whoever refused.
  var problem: (code: String, detail: String)?

  init(_ name: Name) {
    self.name = name
  }

  /// Whether browsers may be led to the host.
  var isUsable: Bool { name == .off || notAfter.map { $0 > .now } ?? false }

  func json(_ language: Language) -> JSON {
    [
      "state": .string(name.rawValue), "issuer": JSON(issuer), "serial": JSON(serial),
      "not_before": JSON(notBefore?.rfc3339), "not_after": JSON(notAfter?.rfc3339),
      "renews_at": JSON(renewsAt?.rfc3339), "next_try_at": JSON(nextTryAt?.rfc3339),
      "problem": problem.map { problem in
        let words = CertificateProblem(rawValue: problem.code).map { $0.words(language) }
        return ["code": .string(problem.code), "detail": .string(words ?? problem.detail)]
      } ?? .null,
    ]
  }
}
