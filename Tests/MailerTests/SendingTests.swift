import Foundation
import HTTP
import Services
import Testing

@testable import Database
@testable import Jobs
@testable import Mailer

@Suite("Sending", .serialized)
struct SendingTests {
  @Test("Several processes send each mail once")
  func once() throws {
    let mailer = try MailerInstallation()
    for number in 1...200 { try mailer.accept(mailer.receipt(number)) }
    try mailer.sending(processes: 3) { () throws in
      #expect(try eventually { try mailer.count("state = 'sent'") == 200 })
    }
    #expect(try mailer.files().count == 200)
    #expect(try mailer.count("attempts <> 1") == 0)
    #expect(try mailer.database.query("SELECT FROM jobs.jobs WHERE kind LIKE 'mailer.%'").isEmpty)
  }

  @Test("While the gate is closed, a thousand mails are rows that wait, not jobs that come back")
  func noChurn() throws {
    let mailer = try MailerInstallation()
    try mailer.database.execute("UPDATE mailer.gate SET open_at = now() + interval '1 hour'")
    try mailer.database.transaction { transaction in
      for number in 1...1000 {
        try mailer.module.enqueue(
          mailer.receipt(number), to: EmailAddress("ada@example.com")!, language: .english, in: transaction)
      }
    }
    try mailer.sending { () throws in
      #expect(
        try eventually {
          try mailer.database.query("SELECT FROM jobs.jobs WHERE kind LIKE 'mailer.%' AND attempts = 0").count == 1
        })
      #expect(try mailer.count("state = 'accepted' AND attempts = 0") == 1000)
      // It opens: all go, without a job for each.
      try mailer.database.execute("UPDATE mailer.gate SET open_at = now()")
      try MailOperation(mailer.jobs).resume()
      #expect(try eventually(within: 30) { try mailer.count("state = 'sent'") == 1000 })
    }
    #expect(try mailer.files().count == 1000)
  }

  @Test("A pace is kept by all processes together, and a login mail does not wait for the others")
  func paced() throws {
    let mailer = try MailerInstallation()
    try mailer.database.execute(
      """
      UPDATE mailer.gate SET request_limit = 5, remaining = 5, window_seconds = 1,
        window_ends_at = now() + interval '1 second'
      """)
    for number in 1...100 { try mailer.accept(mailer.receipt(number)) }
    try mailer.sending(processes: 2) { () throws in
      #expect(try eventually { try mailer.count("state = 'sent'") >= 4 })
      let begin = Date()
      try mailer.accept(mailer.login())
      #expect(try eventually { try mailer.count("template = 'login'") == 0 })
      #expect(Date().timeIntervalSince(begin) < 0.9)
      #expect(try eventually { try mailer.count("state = 'sent'") >= 20 })
    }
    let rows = try mailer.database.query(
      "SELECT count(*), extract(epoch FROM max(sent_at) - min(sent_at))::float8 FROM mailer.mails WHERE state = 'sent'")
    let (count, seconds) = (try rows[0].int(0), try rows[0].double(1))
    #expect(Double(count) <= 5 * (seconds + 1), "\(count) in \(seconds) s")
    #expect(Double(count) >= 4 * (seconds - 1), "\(count) in \(seconds) s")
  }

  @Test("A transport that fails is tried again, and its mails are not doubled")
  func folderAway() throws {
    let mailer = try MailerInstallation()
    let away = mailer.folder.path + "-away"
    #expect(rename(mailer.folder.path, away) == 0)
    for number in 1...5 { try mailer.accept(mailer.receipt(number)) }
    try mailer.sending { () throws in
      #expect(eventually { mailer.log.events.count >= 3 })
      #expect(try mailer.count("state = 'sent'") == 0)
      #expect(try mailer.count("maybe_sent_at IS NOT NULL AND state = 'accepted'") == 0)
      #expect(rename(away, mailer.folder.path) == 0)
      #expect(try eventually(within: 30) { try mailer.count("state = 'sent'") == 5 })
    }
    #expect(try mailer.files().count == 5)
  }
}
