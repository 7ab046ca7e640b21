import Database
import HTTP
package import HTTPClient

/// Resend's API (https://resend.com/docs/api-reference).
package struct ResendAPI: Sendable {
  private let client: HTTPClient
  private let origin: String
  private let key: String

  /// A request must be over well before the lease of its mail.
  private static let totalMilliseconds = 15_000

  /// - Parameter origin: `https://api.resend.com`, or a stand-in.
  package init(client: HTTPClient, origin: String, key: String) {
    self.client = client
    self.origin = origin
    self.key = key
  }

  /// `POST /emails`.
  func send(_ body: [UInt8], idempotencyKey: String) -> MailTransport.Answer {
    let request = HTTPClient.Request(
      "POST", "\(origin)/emails",
      headers: [
        ("Authorization", "Bearer \(key)"), ("Content-Type", "application/json"), ("Accept", "application/json"),
        ("Idempotency-Key", idempotencyKey),
      ],
      body: body, totalMilliseconds: Self.totalMilliseconds)
    do {
      let response = try client.send(request)
      return MailTransport.Answer(outcome: ResendOutcome.of(response, at: .now), pace: ResendPace.of(response.headers))
    } catch {
      return MailTransport.Answer(outcome: ResendOutcome.of(error))
    }
  }

  /// `GET /emails/{id}`: the last event of a mail, without `email.`; nil when that cannot be told.
  func lastEvent(of id: String) -> String? {
    // An id comes from answers and webhooks; what it is made of is not documented.
    guard id.utf8.count <= 100, id.utf8.allSatisfy(Self.isPlain) else { return nil }
    let request = HTTPClient.Request(
      "GET", "\(origin)/emails/\(id)",
      headers: [("Authorization", "Bearer \(key)"), ("Accept", "application/json")],
      totalMilliseconds: Self.totalMilliseconds)
    guard let response = try? client.send(request), response.status == 200 else { return nil }
    return (try? JSONParser.parse(response.body))?["last_event"]?.stringValue
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
