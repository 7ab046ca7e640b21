import Support
import Testing

@testable import DNS

@Suite("Questions that have one time together", .timeLimit(.minutes(2)))
struct BoundedTests {
  @Test("are not asked when it is over")
  func over() throws {
    let seen = Seen()
    let server = try ScriptedServer { query, _ in
      seen.note(query)
      return []
    }
    let client = DNSClient.asking(server.port).bounded(milliseconds: 200)
    #expect(throws: DNSFailure.timeout) { try client.query("a.example", .txt) }
    let count = seen.all.count
    #expect(throws: DNSFailure.timeout) { try client.query("b.example", .txt) }
    #expect(throws: DNSFailure.timeout) { try client.queryAuthoritative("b.example", .txt) }
    #expect(throws: DNSFailure.timeout) { try client.bounded(milliseconds: 60_000).query("b.example", .txt) }
    #expect(seen.all.count == count)
  }

  @Test("are answered as usual until then")
  func within() throws {
    let yes = TestPacket(answers: [TestPacket.record(type: 16, [3, 0x79, 0x65, 0x73])])
    let server = try ScriptedServer { query, _ in yes.reply(to: query) }
    let client = DNSClient.asking(server.port).bounded(milliseconds: 60_000)
    for _ in 0..<3 { #expect(try client.query("a.example", .txt).records.map(\.value) == [.text("yes")]) }
  }
}
