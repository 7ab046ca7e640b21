import HTTP
import Services
import Testing

@testable import Core

@Suite("A session's record")
struct SessionRecordTests {
  private let start = Instant(seconds: 1_000_000)

  private func record(agent: String = "Browser\nwith line") -> SessionRecord {
    SessionRecord(id: "id", user: .new(), epoch: 3, createdAt: start, customer: .new(), userAgent: agent)
  }

  @Test("is read back as it was written")
  func roundTrip() {
    let record = record()
    #expect(SessionRecord(record.bytes) == record)
  }

  @Test("may stand for nobody")
  func withoutCustomer() {
    var record = record()
    record.customer = nil
    #expect(SessionRecord(record.bytes) == record)
  }

  @Test("is a recent proof for ten minutes after its login, and after each proof")
  func proof() {
    var record = record()
    #expect(record.isProved(at: start.adding(seconds: 599)))
    #expect(!record.isProved(at: start.adding(seconds: 600)))
    record.provedAt = start.adding(seconds: 700)
    #expect(record.isProved(at: start.adding(seconds: 1299)))
  }

  @Test("is void at its absolute age, however busy it was")
  func absolute() {
    var record = record()
    record.lastSeenAt = start.adding(seconds: SessionRecord.absoluteSeconds - 1)
    #expect(record.isValid(at: start.adding(seconds: SessionRecord.absoluteSeconds - 1)))
    #expect(!record.isValid(at: start.adding(seconds: SessionRecord.absoluteSeconds)))
  }

  @Test("is void after twelve idle hours, give or take the minutes between two notes of use")
  func idle() {
    let record = record()
    #expect(record.isValid(at: start.adding(seconds: SessionRecord.idleSeconds - 1)))
    #expect(!record.isValid(at: start.adding(seconds: SessionRecord.idleSeconds + SessionRecord.touchSeconds)))
  }

  @Test("lives in KV no longer than it is valid")
  func lifetime() {
    let near = start.adding(seconds: SessionRecord.absoluteSeconds - 10)
    #expect(record().lifetimeMilliseconds(at: start) == Int(SessionRecord.idleSeconds * 1000))
    #expect(record().lifetimeMilliseconds(at: near) == 10_000)
  }

  @Test("is none when it is broken", arguments: ["", "a\nb", "id\nnot-a-uuid\n1\n2\n3\n4\n\nagent"])
  func broken(_ text: String) {
    #expect(SessionRecord(Array(text.utf8)) == nil)
  }
}
