import Crypto
import Foundation
import HTTP
import Testing

@testable import Billing

@Suite("The signature of Stripe's webhooks")
struct WebhookSignatureTests {
  static let secret = "whsec_first0123456789"
  static let other = "whsec_second987654321"
  static let body = Array(#"{"id":"evt_1","object":"event"}"#.utf8)
  static let now = Instant(seconds: 1_763_726_400)

  /// A signature by Stripe's scheme, made with another implementation's words: hex of HMAC over "t.body".
  static func sign(_ body: [UInt8], _ time: Int64, _ secret: String = secret) -> String {
    let message = Array("\(time).".utf8) + body
    let code = HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: Array(secret.utf8)))
    return code.map { String(format: "%02x", $0) }.joined()
  }

  private static func header(_ offset: Int64 = 0, _ secret: String = secret) -> String {
    "t=\(now.seconds + offset),v1=\(sign(body, now.seconds + offset, secret))"
  }

  @Test(
    "holds",
    arguments: [
      header(), header(-300), header(300), header() + ",v0=0011", "v0=0011," + header(),
      "t=\(now.seconds),v1=\(String(repeating: "0", count: 64)),v1=\(sign(body, now.seconds))",
      "t=\(now.seconds),v1=nonsense,v1=\(sign(body, now.seconds))",
      "t=\(now.seconds),v1=\(sign(body, now.seconds).uppercased())",
      "v1=\(sign(body, now.seconds)),t=\(now.seconds)", header(0, other),
    ])
  func holds(_ header: String) {
    #expect(WebhookSignature(secrets: [Self.secret, Self.other]).holds(for: Self.body, header: header, at: Self.now))
  }

  @Test(
    "does not hold",
    arguments: [
      nil, "", ",", "=", "t=", "v1=", "t=,v1=", header(-301), header(301), header(0, "whsec_third"),
      "v1=\(sign(body, now.seconds))", "t=\(now.seconds)", "t=\(now.seconds),v0=\(sign(body, now.seconds))",
      "t=\(now.seconds + 1),v1=\(sign(body, now.seconds))",
      "t=\(now.seconds),v1=\(sign(body, now.seconds).dropLast(2))",
      "t=\(now.seconds),t=\(now.seconds),v1=\(sign(body, now.seconds))",
      "t=-\(now.seconds),v1=\(sign(body, now.seconds))",
      "t=\(now.seconds).0,v1=\(sign(body, now.seconds))", "t=99999999999999999999,v1=\(sign(body, now.seconds))",
      sign(body, now.seconds), "t:\(now.seconds),v1:\(sign(body, now.seconds))",
      header() + "," + String(repeating: "v1=00,", count: 200_000),
    ] as [String?])
  func doesNotHold(_ header: String?) {
    #expect(!WebhookSignature(secrets: [Self.secret, Self.other]).holds(for: Self.body, header: header, at: Self.now))
  }

  @Test(
    "does not hold for another body",
    arguments: [
      Array(#"{"id":"evt_2","object":"event"}"#.utf8), body + [0x0A], Array(body.dropLast()), [],
    ])
  func alteredBody(_ altered: [UInt8]) {
    #expect(!WebhookSignature(secrets: [Self.secret]).holds(for: altered, header: Self.header(), at: Self.now))
  }

  @Test("holds for none when there is no secret")
  func noSecret() {
    #expect(!WebhookSignature(secrets: []).holds(for: Self.body, header: Self.header(), at: Self.now))
  }

  @Test("The signature that Python's hmac makes of the same bytes")
  func vector() {
    let body = Array("{\n  \"id\": \"evt_test_webhook\",\n  \"object\": \"event\"\n}".utf8)
    let header = "t=12345,v1=2672d138c9a412830f3bfe2ecc5bfb3277cf6f5b49d0119d77dd6cb64da1257e"
    let signature = WebhookSignature(secrets: ["whsec_test_secret"])
    #expect(signature.holds(for: body, header: header, at: Instant(seconds: 12_400)))
  }
}
