import Support
import Testing

@testable import DNS

@Suite("Exchanges with servers that do as they like", .timeLimit(.minutes(2)))
struct ExchangeTests {
  private static let yes = TestPacket(answers: [TestPacket.record(type: 16, [3, 0x79, 0x65, 0x73])])
  private static let forged = TestPacket(answers: [TestPacket.record(type: 16, [2, 0x6E, 0x6F])])

  private static func texts(_ answer: DNSAnswer) -> [DNSValue] { answer.records.map(\.value) }

  @Test("take no answer with another id, of another question or from another place")
  func forgeries() throws {
    let server = try ScriptedServer { query, _ in
      var (id, question) = (Self.forged, Self.forged)
      id.idOffset = 1
      question.question = TestPacket.name("b.example") + [0, 16, 0, 1]
      var type = Self.forged
      type.question = TestPacket.name("a.example") + [0, 5, 0, 1]
      return id.reply(to: query) + question.reply(to: query) + type.reply(to: query)
        + [.init(bytes: Self.forged.bytes(to: query), isFromElsewhere: true)] + [.init(bytes: [])]
        + [.init(bytes: [1, 2, 3])] + Self.yes.reply(to: query)
    }
    #expect(try Self.texts(DNSClient.asking(server.port).query("a.example", .txt)) == [.text("yes")])
  }

  @Test("have an id of their own each time")
  func ids() throws {
    let seen = Seen()
    let server = try ScriptedServer { query, _ in
      seen.note(query)
      return Self.yes.reply(to: query)
    }
    let client = DNSClient.asking(server.port)
    for _ in 0..<12 { _ = try client.query("a.example", .txt) }
    #expect(Set(seen.all.map { [$0[0], $0[1]] }).count > 6)
    // Recursion desired, validation of interest, and EDNS with what fits into a packet.
    #expect(seen.all.allSatisfy { $0[2] == 1 && $0[3] == 0x20 && $0[11] == 1 && $0.suffix(8).prefix(2) == [4, 208] })
  }

  @Test("come by TCP when the answer was cut off")
  func truncated() throws {
    let long = TestPacket(
      answers: (0..<200).map { TestPacket.record(type: 16, [250, UInt8($0)] + Array(repeating: 0x61, count: 249)) })
    let server = try ScriptedServer { query, isTCP in
      isTCP ? long.reply(to: query) : TestPacket(flags: 0x8380).reply(to: query)
    }
    #expect(try DNSClient.asking(server.port).query("a.example", .txt).records.count == 200)
  }

  @Test("that are cut off and get nothing by TCP are failures", arguments: [true, false])
  func truncatedOnly(_ overTCP: Bool) throws {
    let server = try ScriptedServer(overTCP: overTCP) { query, isTCP in
      isTCP ? [] : TestPacket(flags: 0x8380).reply(to: query)
    }
    #expect(throws: DNSFailure.timeout) {
      try DNSClient.asking(server.port, timeoutMilliseconds: 300).query("a.example", .txt)
    }
  }

  @Test("go on without EDNS where it is not known")
  func withoutEDNS() throws {
    let server = try ScriptedServer { query, _ in
      query[11] == 0 ? Self.yes.reply(to: query) : TestPacket(flags: 0x8181).reply(to: query)
    }
    #expect(try Self.texts(DNSClient.asking(server.port).query("a.example", .txt)) == [.text("yes")])
  }

  @Test(
    "that end with a code are failures with that code", arguments: [1, 2, 4, 5, 9] as [UInt16])
  func codes(_ code: UInt16) throws {
    let server = try ScriptedServer { query, _ in TestPacket(flags: 0x8180 | code).reply(to: query) }
    #expect(throws: DNSFailure.refused(code: Int(code))) {
      try DNSClient.asking(server.port).query("a.example", .txt)
    }
  }

  @Test("that say no are answers")
  func no() throws {
    let server = try ScriptedServer { query, _ in
      TestPacket(flags: TestPacket.askedName(query) == "a.example" ? 0x8180 : 0x8183).reply(to: query)
    }
    let client = DNSClient.asking(server.port)
    #expect(try client.query("a.example", .txt) == answer(doesExist: true))
    #expect(try client.query("b.example", .txt) == answer(doesExist: false))
  }

  private func answer(doesExist: Bool) -> DNSAnswer {
    DNSAnswer(records: [], chain: [], isAuthenticated: false, doesExist: doesExist)
  }

  @Test("that only point elsewhere are no answers")
  func referral() throws {
    let server = try ScriptedServer { query, _ in
      TestPacket(authority: [TestPacket.record(type: 2, TestPacket.name("ns.b.example"))]).reply(to: query)
    }
    #expect(throws: DNSFailure.refused(code: 0)) { try DNSClient.asking(server.port).query("a.example", .txt) }
  }

  @Test("that are not readable are failures, and the next resolver is asked")
  func next() throws {
    let broken = try ScriptedServer { query, _ in TestPacket(answerCount: 9).reply(to: query) }
    let refusing = try ScriptedServer { query, _ in TestPacket(flags: 0x8185).reply(to: query) }
    let silent = try ScriptedServer { _, _ in [] }
    let right = try ScriptedServer { query, _ in Self.yes.reply(to: query) }
    #expect(throws: DNSFailure.malformed) { try DNSClient.asking(broken.port).query("a.example", .txt) }
    let client = DNSClient.asking(broken.port, refusing.port, right.port)
    #expect(try Self.texts(client.query("a.example", .txt)) == [.text("yes")])
    let impatient = DNSClient.asking(silent.port, try freePort(), right.port, timeoutMilliseconds: 500, tries: 6)
    #expect(try Self.texts(impatient.query("a.example", .txt)) == [.text("yes")])
  }

  @Test("begin with the resolver that answered last")
  func preference() throws {
    let seen = Seen()
    let silent = try ScriptedServer { query, _ in
      seen.note(query)
      return []
    }
    let right = try ScriptedServer { query, _ in Self.yes.reply(to: query) }
    let client = DNSClient.asking(silent.port, right.port, timeoutMilliseconds: 2_000)
    for _ in 0..<3 { #expect(try Self.texts(client.query("a.example", .txt)) == [.text("yes")]) }
    #expect(seen.all.count == 1)
  }

  @Test("for the addresses of a zone's servers go on without the kind that cannot be asked")
  func oneKindOfAddress() throws {
    let server = try ScriptedServer { query, _ in
      switch query[query.count - 14] {
      case 2: TestPacket(answers: [TestPacket.record(type: 2, TestPacket.name("ns.example"))]).reply(to: query)
      case 1: TestPacket(answers: [TestPacket.record(type: 1, [127, 0, 0, 1])]).reply(to: query)
      default: TestPacket(flags: 0x8182).reply(to: query)
      }
    }
    #expect(try DNSClient.asking(server.port).authoritative(for: "a.example").map(\.address) == ["127.0.0.1"])
  }

  @Test("with servers that do not speak for their zone are failures")
  func notAuthoritative() throws {
    let server = try ScriptedServer { query, _ in
      switch query[query.count - 14] {
      case 2: TestPacket(answers: [TestPacket.record(type: 2, TestPacket.name("ns.example"))]).reply(to: query)
      case 1: TestPacket(answers: [TestPacket.record(type: 1, [127, 0, 0, 1])]).reply(to: query)
      default: TestPacket().reply(to: query)
      }
    }
    #expect(throws: DNSFailure.refused(code: 0)) {
      try DNSClient.asking(server.port).queryAuthoritative("a.example", .txt)
    }
  }

  @Test("are tried again after silence, as often as configured")
  func tries() throws {
    let seen = Seen()
    let server = try ScriptedServer { query, _ in
      seen.note(query)
      return []
    }
    #expect(throws: DNSFailure.timeout) {
      try DNSClient.asking(server.port, timeoutMilliseconds: 50, tries: 3).query("a.example", .txt)
    }
    #expect(seen.all.count == 3)
  }

  @Test("end with the deadline")
  func deadline() throws {
    let server = try ScriptedServer { _, _ in [] }
    var configuration = DNSConfiguration()
    configuration.resolvers = [try #require(DNSServer("127.0.0.1:\(server.port)"))]
    configuration.timeoutMilliseconds = 600_000
    configuration.deadlineMilliseconds = 200
    let client = DNSClient(configuration)
    #expect(throws: DNSFailure.timeout) { try client.query("a.example", .txt) }
  }

  @Test("tell whether a resolver has validated all of it")
  func authenticated() throws {
    let server = try ScriptedServer { query, _ in
      switch TestPacket.askedName(query) {
      case "a.example": TestPacket(flags: 0x81A0, answers: Self.yes.answers).reply(to: query)
      case "b.example":
        TestPacket(flags: 0x81A0, answers: [TestPacket.record(type: 5, TestPacket.name("c.example"))])
          .reply(to: query)
      default: Self.yes.reply(to: query)
      }
    }
    let client = DNSClient.asking(server.port)
    #expect(try client.query("a.example", .txt).isAuthenticated)
    #expect(try !client.query("b.example", .txt).isAuthenticated)
  }

  @Test("follow a chain over several answers, and no more than 8 names", arguments: 0...9)
  func chains(_ length: Int) throws {
    let server = try ScriptedServer { query, _ in
      let place = Int(TestPacket.askedName(query).dropFirst().prefix { $0 != "." }) ?? 0
      guard place < length else { return Self.yes.reply(to: query) }
      return TestPacket(answers: [TestPacket.record(type: 5, TestPacket.name("c\(place + 1).example"))])
        .reply(to: query)
    }
    let client = DNSClient.asking(server.port)
    guard length <= 8 else {
      #expect(throws: DNSFailure.loop) { try client.query("c0.example", .txt) }
      return
    }
    let answer = try client.query("c0.example", .txt)
    #expect(answer.chain == (0..<length).map { "c\($0 + 1).example" })
    #expect(Self.texts(answer) == [.text("yes")])
  }

  @Test(
    "are not begun for what is no name",
    arguments: [
      "a..b", ".a", "a\u{0}b", "a b", "a\\.b", "b\u{FC}cher.example", String(repeating: "a", count: 64),
      Array(repeating: "abcdefg", count: 33).joined(separator: "."),
    ])
  func names(_ name: String) throws {
    #expect(throws: DNSFailure.malformed) { try DNSClient.asking(1).query(name, .a) }
  }
}
