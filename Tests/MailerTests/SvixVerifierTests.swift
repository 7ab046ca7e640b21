import Crypto
import Foundation
import HTTP
import Services
import Testing

@testable import Mailer

@Suite("Signatures of webhooks")
struct SvixVerifierTests {
  private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
  private static let other = "whsec_" + Data(repeating: 7, count: 24).base64EncodedString()
  private static let body = Array(#"{"test": 2432232314}"#.utf8)
  private static let id = "msg_p5jXN8AQM9LWM0D4loKWxJek"
  private static let now = Instant(seconds: 1_614_265_330)
  private static let documented = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

  private static func sign(_ secret: String, _ timestamp: String, _ body: [UInt8] = body, id: String = id) -> String {
    let key = SymmetricKey(data: Data(base64Encoded: String(secret.dropFirst(6)))!)
    let code = HMAC<SHA256>.authenticationCode(for: Array("\(id).\(timestamp).".utf8) + body, using: key)
    return "v1," + Data(code).base64EncodedString()
  }

  private func holds(
    _ signatures: String?, timestamp: String? = "1614265330", id: String? = Self.id, body: [UInt8] = Self.body,
    secrets: [String] = [Self.secret], at now: Instant = Self.now
  ) -> Bool {
    let signature = MailWebhookSignature(id: id, timestamp: timestamp, signatures: signatures)
    do {
      return try SvixVerifier(secrets: secrets).verify(body, signature, at: now) == id
    } catch let problem as Problem {
      return problem.code != .signatureInvalid
    } catch {
      return true
    }
  }

  @Test("Svix's documented message holds")
  func documented() { #expect(holds(Self.documented)) }

  @Test("Any of several signatures and any of several secrets may hold")
  func several() {
    let ours = Self.sign(Self.other, "1614265330")
    #expect(holds("v1,AAAA \(ours) v2,xyz", secrets: [Self.secret, Self.other]))
    #expect(!holds(ours, secrets: [Self.secret]))
    #expect(holds("\(ours) \(Self.documented)"))
  }

  @Test("A time within five minutes, past or future, holds", arguments: [-301, -300, -1, 0, 1, 300, 301])
  func tolerance(seconds: Int64) {
    let timestamp = String(Self.now.seconds + seconds)
    #expect(holds(Self.sign(Self.secret, timestamp), timestamp: timestamp) == (seconds.magnitude <= 300))
  }

  @Test("What was altered does not hold")
  func altered() {
    #expect(!holds(Self.documented, body: Array(#"{"test": 2432232315}"#.utf8)))
    #expect(!holds(Self.documented, timestamp: "1614265331"))
    #expect(!holds(Self.documented, id: "msg_other"))
    #expect(!holds(Self.documented, body: []))
  }

  private static let malformedSignatures: [String?] = [
    nil, "", " ", "v1", "v1,", ",", "v1,%%%", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    "v1=g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", String(repeating: "x", count: 1 << 20),
    String(repeating: "v1,AAAA ", count: 1 << 17) + "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  ]

  @Test("What is missing or malformed does not hold", arguments: malformedSignatures)
  func malformed(signatures: String?) { #expect(!holds(signatures)) }

  @Test(
    "A time that is no plain number does not hold",
    arguments: [nil, "", "-1614265330", "1614265330.0", "1614265330 ", "9223372036854775808", "１６１４２６５３３０"])
  func time(timestamp: String?) { #expect(!holds(Self.sign(Self.secret, timestamp ?? ""), timestamp: timestamp)) }

  @Test("An id that is missing, long or not plain does not hold", arguments: [nil, "", "a b", "a\nb", "ä"])
  func ids(id: String?) { #expect(!holds(Self.sign(Self.secret, "1614265330", id: id ?? ""), id: id)) }

  @Test("An id of a megabyte does not hold")
  func longID() {
    let id = String(repeating: "a", count: 1 << 20)
    #expect(!holds(Self.sign(Self.secret, "1614265330", id: id), id: id))
  }

  @Test("Secrets are base64 after whsec_")
  func secrets() {
    #expect(SvixVerifier.isSecret(Self.secret))
    for text in ["", "whsec_", "whsec_!!!!", "whsec_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] {
      #expect(!SvixVerifier.isSecret(text), "\(text)")
    }
    #expect(!holds(Self.documented, secrets: []))
  }
}
