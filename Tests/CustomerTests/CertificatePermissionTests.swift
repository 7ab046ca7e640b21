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

  private let tree = CAATree(host: "a.b.shop.de", registrable: "shop.de", authorities: Self.ours)

  @Test("All names up to the registered one are asked, after a heartbeat each")
  func wholeTree() throws {
    var asked: [String] = []
    var beats = 0
    let permission = tree.permission(
      isLate: { false },
      heartbeat: {
        beats += 1
        return true
      },
      ask: { name throws(DNSFailure) in
        asked.append(name)
        return []
      })
    guard case .given = try #require(permission) else {
      Issue.record("refused")
      return
    }
    #expect(asked == ["a.b.shop.de", "b.shop.de", "shop.de"] && beats == 3)
  }

  @Test("Slow name servers are not asked on and on: then it is unclear")
  func late() throws {
    var asked = 0
    let permission = tree.permission(
      isLate: { asked == 2 }, heartbeat: { true },
      ask: { _ throws(DNSFailure) in
        asked += 1
        return []
      })
    guard case .refused(.caaUnclear, _) = try #require(permission) else {
      Issue.record("given")
      return
    }
    #expect(asked == 2)
  }

  @Test("Who lost the domain meanwhile asks no further")
  func lost() {
    var asked = 0
    let permission = tree.permission(
      isLate: { false }, heartbeat: { asked == 0 },
      ask: { _ throws(DNSFailure) in
        asked += 1
        return []
      })
    #expect(permission == nil && asked == 1)
  }

  @Test("A critical record that is not understood forbids it, whatever else there is")
  func critical() {
    #expect(!isGiven([(0, "issue", "letsencrypt.org"), (128, "unknown", "x")]))
  }
}
