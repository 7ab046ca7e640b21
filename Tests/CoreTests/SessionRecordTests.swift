import HTTP
import Services
import Testing

@testable import Core

@Suite("A session's record")
struct SessionRecordTests {
  private let start = Instant(seconds: 1_000_000)

  private func record(agent: String = "Browser\nwith line") -> SessionRecord {
    SessionRecord(id: "id", user: .new(), epoch: 3, createdAt: start, userAgent: agent)
  }

  @Test("is read back as it was written")
  func roundTrip() {
    let record = record()
    #expect(SessionRecord(record.bytes) == record)
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

  @Test("is none when it is broken", arguments: ["", "a\nb", "id\nnot-a-uuid\n1\n2\n3\nagent"])
  func broken(_ text: String) {
    #expect(SessionRecord(Array(text.utf8)) == nil)
  }
}
