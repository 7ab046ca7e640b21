import Crypto
import Foundation
import HTTP
import Services
import Testing

@testable import Database
@testable import Mailer

@Suite("Webhooks of mails", .serialized)
struct WebhookTests {
  private static let shared = Result { try MailerInstallation() }
  private let mailer: MailerInstallation

  init() throws {
    mailer = try Self.shared.get()
    try mailer.database.execute("TRUNCATE mailer.mails, mailer.suppressions, mailer.events, jobs.jobs")
  }

  private func receive(_ body: String, id: String = UUID().uuidString) throws {
    let timestamp = String(Instant.now.seconds)
    let key = SymmetricKey(data: Data(base64Encoded: String(MailerInstallation.secret.dropFirst(6)))!)
    let code = HMAC<SHA256>.authenticationCode(for: Array("\(id).\(timestamp).\(body)".utf8), using: key)
    try mailer.module.receive(
      Array(body.utf8),
      signature: MailWebhookSignature(
        id: id, timestamp: timestamp, signatures: "v1," + Data(code).base64EncodedString()))
  }

  private func event(
    _ type: String, at second: Int = 0, mail: String? = nil, to: String = "ada@example.com", more: String = ""
  ) -> String {
    let tags = mail.map { #","tags":{"mail":"\#($0)","template":"receipt"}"# } ?? ""
    return #"{"type":"\#(type)","created_at":"2026-11-21T12:00:\#(String(format: "%02d", second)).000Z","#
      + #""data":{"email_id":"re-1","from":"SmartPages <hello@smartpages.example>","to":["\#(to)"],"#
      + #""subject":"123456 is your code"\#(tags)\#(more)}}"#
  }

  private let hard = #","bounce":{"type":"Permanent","subType":"General","message":"ada@example.com unknown"}"#
  private let soft = #","bounce":{"type":"Transient","subType":"MailboxFull"}"#

  private func sentMail() throws -> TakenMail {
    try mailer.accept(mailer.receipt(1))
    return try #require(try mailer.takeMail())
  }

  private func delivery() throws -> String? {
    try mailer.database.query("SELECT delivery FROM mailer.mails").first?.optionalString(0)
  }

  @Test("What is not signed is a problem of 400, and nothing is stored")
  func unsigned() throws {
    let signature = MailWebhookSignature(id: "msg", timestamp: String(Instant.now.seconds), signatures: "v1,AAAA")
    let problem = #expect(throws: Problem.self) {
      try mailer.module.receive(Array(event("email.bounced", more: hard).utf8), signature: signature)
    }
    #expect(problem?.code == .signatureInvalid)
    #expect(try mailer.database.query("SELECT FROM mailer.events").isEmpty)
    #expect(try mailer.database.query("SELECT FROM mailer.suppressions").isEmpty)
  }

  @Test("Every order of a mail's events ends in the same state, however often each comes")
  func everyOrder() throws {
    let mail = try sentMail()
    let events = [
      event("email.sent", at: 1, mail: mail.idempotencyKey),
      event("email.delivery_delayed", at: 2, mail: mail.idempotencyKey),
      event("email.delivered", at: 3, mail: mail.idempotencyKey),
      event("email.opened", at: 4, mail: mail.idempotencyKey),
      event("email.bounced", at: 5, mail: mail.idempotencyKey, more: soft),
    ]
    for order in permutations(Array(events.indices)) {
      try mailer.database.execute("TRUNCATE mailer.events")
      try mailer.database.execute(
        """
        UPDATE mailer.mails SET state = 'sending', provider_id = NULL, sent_at = NULL,
          delivery = NULL, delivery_rank = 0, delivery_at = NULL
        """)
      for index in order { for _ in 0..<2 { try receive(events[index], id: "msg_\(index)") } }
      let row = try mailer.database.query("SELECT state, delivery, delivery_at, provider_id FROM mailer.mails")[0]
      #expect(try row.string(0) == "sent")
      #expect(try row.string(1) == "bounced")
      #expect(try row.timestamp(2).rfc3339 == "2026-11-21T12:00:05.000Z")
      #expect(try row.string(3) == "re-1")
    }
    #expect(try mailer.database.query("SELECT FROM mailer.suppressions").isEmpty, "the box was only full")
  }

  @Test("50 deliveries of one event at once have one effect")
  func parallel() throws {
    let body = event("email.bounced", more: hard)
    DispatchQueue.concurrentPerform(iterations: 50) { _ in
      #expect(throws: Never.self) { try receive(body, id: "msg_one") }
    }
    #expect(try mailer.database.query("SELECT FROM mailer.events").count == 1)
    #expect(try mailer.database.query("SELECT FROM mailer.suppressions").count == 1)
  }

  @Test(
    "Hard bounces, complaints and Resend's own suppression suppress the address",
    arguments: [
      ("email.bounced", #","bounce":{"type":"Permanent"}"#, "bounced"),
      ("email.bounced", #","bounce":{"type":"Transient"}"#, nil),
      ("email.bounced", #","bounce":{"type":"Undetermined"}"#, nil), ("email.bounced", "", nil),
      ("email.complained", "", "complained"), ("email.suppressed", "", "suppressed"), ("email.failed", "", nil),
      ("email.delivered", "", nil),
    ])
  func suppresses(type: String, more: String, reason: String?) throws {
    try receive(event(type, to: "Ada <Ada@Example.com>", more: more))
    let entries = try Suppressions(mailer.database).list(limit: 10)
    #expect(entries.map(\.address) == (reason == nil ? [] : ["ada@example.com"]))
    #expect(entries.first?.reason == reason)
  }

  @Test("A lost answer is found by the mail's tag, and nothing is sent again")
  func lostAnswer() throws {
    let mail = try sentMail()
    try mailer.finish(mail, .unknown(reason: "409"))
    try receive(event("email.delivered", mail: mail.idempotencyKey))
    #expect(try mailer.state(of: "receipt:in_1") == "sent")
    #expect(try delivery() == "delivered")
    #expect(try mailer.takeMail() == nil)
  }

  @Test("A webhook that is quicker than the answer wins, and erases a login mail")
  func quick() throws {
    try mailer.accept(mailer.login())
    let login = try #require(try mailer.takeMail())
    try receive(event("email.sent", mail: login.idempotencyKey))
    #expect(try mailer.count("TRUE") == 0)
    try mailer.finish(login, .retry(.init(cause: .transport, reason: "timeout", isUnsent: false)))
    #expect(try mailer.count("TRUE") == 0)
  }

  @Test("Neither subjects nor addresses of webhooks are kept, but those to be suppressed")
  func kept() throws {
    try receive(event("email.bounced", more: hard), id: "msg_1")
    let stored = try mailer.database.query("SELECT to_jsonb(e)::text FROM mailer.events e")[0].string(0)
    #expect(!stored.contains("ada@") && !stored.contains("123456"))
    #expect(stored.contains("Permanent/General"))
  }

  @Test(
    "What is unknown or unreadable is stored, and nothing else happens",
    arguments: [
      "", "[]", "null", "{", #"{"type":5}"#, #"{"type":"email.invented","data":{"email_id":"re-1"}}"#,
      #"{"type":"email.bounced","data":[]}"#, #"{"type":"email.bounced","created_at":"soon","data":{"to":"x"}}"#,
      #"{"type":"email.delivered","data":{"email_id":7,"tags":{"mail":"no id"}}}"#,
    ])
  func odd(body: String) throws {
    _ = try sentMail()
    try receive(body)
    #expect(try mailer.database.query("SELECT FROM mailer.events").count == 1)
    #expect(try mailer.state(of: "receipt:in_1") == "sending")
  }

  private func permutations(_ items: [Int]) -> [[Int]] {
    guard items.count > 1 else { return [items] }
    return items.indices.flatMap { index in
      var rest = items
      let item = rest.remove(at: index)
      return permutations(rest).map { [item] + $0 }
    }
  }
}
