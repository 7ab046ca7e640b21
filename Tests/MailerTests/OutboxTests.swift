import Foundation
import HTTP
import Services
import Testing

@testable import Database
@testable import Jobs
@testable import Mailer

@Suite("The outbox", .serialized)
struct OutboxTests {
  private static let shared = Result { try MailerInstallation() }
  private let mailer: MailerInstallation

  init() throws {
    mailer = try Self.shared.get()
    try mailer.database.execute("TRUNCATE mailer.mails, mailer.suppressions, mailer.events, jobs.jobs")
    try mailer.database.execute("DELETE FROM mailer.gate")
    try mailer.database.execute("INSERT INTO mailer.gate DEFAULT VALUES")
  }

  @Test("A matter is written about once, however often and at once it is accepted")
  func onceForEachMatter() throws {
    DispatchQueue.concurrentPerform(iterations: 20) { _ in try? mailer.accept(mailer.receipt(1)) }
    #expect(try mailer.count("TRUE") == 1)
    #expect(try mailer.database.query("SELECT count(*) FROM jobs.jobs")[0].int(0) == 1)
  }

  @Test("A mail goes with its cause: what is rolled back was never accepted")
  func rolledBack() throws {
    struct Failure: Error {}
    #expect(throws: Failure.self) {
      try mailer.database.transaction { transaction in
        try mailer.module.enqueue(
          mailer.receipt(1), to: EmailAddress("ada@example.com")!, language: .german, in: transaction)
        throw Failure()
      }
    }
    #expect(try mailer.count("TRUE") == 0)
  }

  @Test("The frozen body is what Resend's API takes, with the mail's id in a tag")
  func body() throws {
    try mailer.accept(mailer.receipt(7))
    let mail = try #require(try mailer.takeMail())
    let body = try JSONParser.parse(mail.body)
    #expect(body["to"] == ["ada@example.com"])
    #expect(body["from"] == "SmartPages <hello@smartpages.example>")
    #expect(body["tags"]?.arrayValue?.contains(["name": "mail", "value": .string(mail.idempotencyKey)]) == true)
    #expect(body["tags"]?.arrayValue?.contains(["name": "template", "value": "receipt"]) == true)
    #expect(try mailer.takeMail() == nil, "one sender holds it")
  }

  @Test("Login mails leave first, then what somebody waits for, then the rest, each in order")
  func lanes() throws {
    try mailer.accept(mailer.receipt(1))
    try mailer.accept(mailer.receipt(2))
    try mailer.accept(
      .actionNeeded(invoice: "in_3", amount: Money(amount: 1, currency: "eur"), billing: "https://app.example/"))
    try mailer.accept(mailer.login())
    let taken = try (0..<4).map { _ in try #require(try mailer.takeMail()).template }
    #expect(taken == ["login", "action_needed", "receipt", "receipt"])
  }

  @Test("Nothing of a login mail stays once it is sent, refused or of unknown fate", arguments: [0, 1, 2])
  func loginIsErased(index: Int) throws {
    let outcomes: [Outcome] = [.accepted(id: "x"), .permanent(reason: "422"), .unknown(reason: "409")]
    try mailer.accept(mailer.login())
    try mailer.finish(#require(try mailer.takeMail()), outcomes[index])
    #expect(try mailer.count("TRUE") == 0)
  }

  @Test("A login mail whose code has expired is dropped")
  func loginExpires() throws {
    try mailer.accept(mailer.login())
    try mailer.database.execute("UPDATE mailer.mails SET created_at = now() - interval '601 seconds'")
    #expect(try mailer.takeMail() == nil)
    #expect(try mailer.count("TRUE") == 0)
  }

  @Test("A suppressed address gets nothing, and nobody else is held up")
  func suppressed() throws {
    try mailer.accept(mailer.receipt(1), to: "gone@example.com")
    try mailer.accept(mailer.login(), to: "gone@example.com")
    try mailer.accept(mailer.receipt(2), to: "here@example.com")
    try mailer.database.transaction { _ = try Suppressions.add("gone@example.com", reason: "bounced", in: $0) }
    let mail = try #require(try mailer.takeMail())
    #expect(String(decoding: mail.body, as: UTF8.self).contains("here@example.com"))
    #expect(try mailer.state(of: "receipt:in_1") == "suppressed")
    #expect(try mailer.count("template = 'login'") == 0)
    #expect(try Suppressions(mailer.database).lift("gone@example.com"))
    #expect(try !Suppressions(mailer.database).lift("gone@example.com"))
  }

  @Test("A matter that no longer holds is not written about; one on its way may still go, and is not repeated")
  func cancelled() throws {
    for number in 1...3 { try mailer.accept(mailer.receipt(number)) }
    let first = try #require(try mailer.takeMail())
    let second = try #require(try mailer.takeMail())
    try mailer.database.transaction { transaction in
      for number in 1...3 { try mailer.module.cancel(matter: "receipt:in_\(number)", in: transaction) }
    }
    try mailer.finish(first, .accepted(id: "a"))
    try mailer.finish(second, .retry(.init(cause: .mail, reason: "409", isUnsent: false)))
    #expect(try mailer.state(of: "receipt:in_1") == "sent")
    #expect(try mailer.state(of: "receipt:in_2") == "cancelled")
    #expect(try mailer.state(of: "receipt:in_3") == "cancelled")
    try mailer.database.transaction { try mailer.module.cancel(matter: "receipt:in_1", in: $0) }
    #expect(try mailer.state(of: "receipt:in_1") == "sent")
  }

  @Test("After a day without an answer a mail is not repeated, unless it surely never left", arguments: [true, false])
  func unknownAfterADay(isUnsent: Bool) throws {
    try mailer.accept(mailer.receipt(1))
    let retry = Outcome.retry(.init(cause: .transport, reason: "no answer", isUnsent: isUnsent))
    try mailer.finish(#require(try mailer.takeMail()), retry)
    try mailer.database.execute(
      """
      UPDATE mailer.mails
      SET due_at = now(), created_at = created_at - interval '25 hours', maybe_sent_at = maybe_sent_at - interval '25 h'
      """)
    let next = try mailer.takeMail()
    #expect((next != nil) == isUnsent)
    #expect(try mailer.state(of: "receipt:in_1") == (isUnsent ? "sending" : "unknown"))
  }

  @Test("Once a request may have left, a later one that surely did not changes nothing about that")
  func maybeStays() throws {
    try mailer.accept(mailer.receipt(1))
    for isUnsent in [false, true] {
      let retry = Outcome.retry(.init(cause: .transport, reason: "no answer", isUnsent: isUnsent))
      try mailer.finish(#require(try mailer.takeMail()), retry)
      try mailer.database.execute("UPDATE mailer.mails SET due_at = now()")
    }
    #expect(try mailer.count("maybe_sent_at IS NOT NULL") == 1)
  }

  @Test("A crashed sender's mail is taken again under the same key; the late one changes nothing any more")
  func leases() throws {
    try mailer.accept(mailer.receipt(1))
    let late = try #require(try mailer.takeMail())
    try mailer.database.execute("UPDATE mailer.mails SET due_at = now()")
    let again = try #require(try mailer.takeMail())
    #expect(again.idempotencyKey == late.idempotencyKey)
    #expect(again.body == late.body)
    #expect(again.attempt == 2)
    try mailer.finish(late, .permanent(reason: "late"))
    #expect(try mailer.state(of: "receipt:in_1") == "sending")
    try mailer.finish(again, .accepted(id: "x"))
    #expect(try mailer.state(of: "receipt:in_1") == "sent")
  }

  @Test("What was said is erased after a month; the matter is remembered for a year more")
  func retention() throws {
    try mailer.accept(mailer.receipt(1))
    try mailer.accept(mailer.receipt(2))
    try mailer.accept(mailer.login())
    try mailer.finish(#require(try mailer.takeMail()), .retry(.init(cause: .mail, reason: "", isUnsent: true)))
    try mailer.finish(#require(try mailer.takeMail()), .accepted(id: "x"))
    try mailer.database.execute("UPDATE mailer.mails SET created_at = now() - interval '31 days'")
    try mailer.database.execute(
      "INSERT INTO mailer.events (id, type, received_at) VALUES ('msg', 'x', now() - interval '31 days')")
    try Outbox(jobs: mailer.jobs, sender: "").sweep()
    #expect(try mailer.count("template = 'login'") == 0)
    #expect(try mailer.count("state = 'sent' AND payload IS NULL AND recipient IS NULL") == 1)
    #expect(try mailer.count("state = 'accepted' AND payload IS NOT NULL") == 1)
    #expect(try mailer.database.query("SELECT FROM mailer.events").isEmpty)
    try mailer.accept(mailer.receipt(1))
    #expect(try mailer.count("TRUE") == 2)
    try mailer.database.execute("UPDATE mailer.mails SET created_at = now() - interval '401 days'")
    try Outbox(jobs: mailer.jobs, sender: "").sweep()
    #expect(try mailer.count("TRUE") == 1, "what still waits is not forgotten")
  }

  @Test("Statistics count what waits and what went wrong")
  func statistics() throws {
    try mailer.accept(mailer.receipt(1))
    try mailer.accept(mailer.login())
    var statistics = try mailer.module.statistics()
    #expect(statistics.waiting == [.login: 1, .usual: 1])
    #expect(statistics.halted == nil)
    #expect(statistics.settled.map(\.count) == [0, 0, 0, 0])
    try mailer.database.execute("UPDATE mailer.mails SET state = 'unknown' WHERE template = 'receipt'")
    try mailer.database.execute("UPDATE mailer.gate SET halted_reason = '403', halted_at = now()")
    statistics = try mailer.module.statistics()
    #expect(statistics.settled.first?.state == "unknown")
    #expect(statistics.settled.first?.count == 1)
    #expect(statistics.halted?.reason == "403")
  }
}
