import DNS
import Testing

@testable import Customer

@Suite("What CAA records allow")
struct CertificatePermissionTests {
  private static let ours = ["letsencrypt.org", "other.example"]

  private func isGiven(_ records: [(Int, String, String)]) -> Bool {
    let records = records.map { flags, tag, value in
      DNSRecord(name: "shop.de", ttl: 60, value: .caa(flags: flags, tag: tag, value: value))
    }
    if case .given = CertificatePermission(records, Self.ours, at: "shop.de") { return true }
    return false
  }

  @Test(
    "Any record that names us is enough",
    arguments: ["letsencrypt.org", "LetsEncrypt.org", " other.example ", "letsencrypt.org; validationmethods=http-01"])
  func named(_ value: String) {
    #expect(isGiven([(0, "issue", "foreign.example"), (0, "issue", value)]))
  }

  @Test(
    "Others, nobody, and what is none of our names forbid it",
    arguments: ["foreign.example", ";", "", "; policy=x", "letsencrypt.org.evil.example", "sub.letsencrypt.org"])
  func forbidden(_ value: String) {
    #expect(!isGiven([(0, "issue", value)]))
  }

  @Test("Records about other things bound nothing")
  func others() {
    #expect(isGiven([(0, "iodef", "mailto:a@b.example"), (128, "issuewild", ";"), (0, "unknown", "x")]))
  }

  @Test("A critical record that is not understood forbids it, whatever else there is")
  func critical() {
    #expect(!isGiven([(0, "issue", "letsencrypt.org"), (128, "unknown", "x")]))
  }
}
