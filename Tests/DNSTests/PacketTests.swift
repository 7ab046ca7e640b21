import Testing

@testable import DNS

@Suite("Packets")
struct PacketTests {
  private static let query = TestPacket.query("a.example", .txt)
  /// Where what follows the question begins.
  private static let body = 12 + 11 + 4

  private static func labels(of length: UInt8, count: Int) -> [UInt8] {
    let label = [length] + [UInt8](repeating: 0x61, count: Int(length))
    return (0..<count).flatMap { _ in label }
  }

  private static func value(_ type: DNSRecordType, _ data: [UInt8]) throws(DNSFailure) -> DNSValue? {
    let packet = TestPacket(answers: [TestPacket.record(type: type.rawValue, data)])
    return try Packet(packet.bytes(to: query)).records("a.example", type).first?.value
  }

  private static let rightData: [(DNSRecordType, [UInt8], DNSValue)] = [
    (.a, [192, 0, 2, 1], .address("192.0.2.1")),
    (.aaaa, [0x20, 1, 0xD, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], .address("2001:db8::1")),
    (.cname, TestPacket.name("B.Example"), .name("b.example")),
    (.ns, [1, 0x62, 0xC0, 14], .name("b.example")),
    (.txt, [2, 0x68, 0x69, 0, 1, 0x21], .text("hi!")),
    (.txt, [1, 0xFF], .text("\u{FFFD}")),
    (.mx, [0, 10, 0xC0, 12], .mx(preference: 10, host: "a.example")),
    (.mx, [0, 0, 0], .mx(preference: 0, host: "")),
    (.caa, [128, 5] + Array("Issuele.org".utf8), .caa(flags: 128, tag: "issue", value: "le.org")),
    (.caa, [0, 5] + Array("issue".utf8), .caa(flags: 0, tag: "issue", value: "")),
    (.ds, [1, 2, 3], .other),
    (.cname, [3, 0x61, 0x2E, 0, 0], .name("a\\.\\000")),
  ]

  @Test("hold values", arguments: rightData)
  func values(_ type: DNSRecordType, _ data: [UInt8], _ expected: DNSValue) throws {
    #expect(try Self.value(type, data) == expected)
  }

  private static let wrongData: [(DNSRecordType, [UInt8])] = [
    (.a, [192, 0, 2]), (.a, [192, 0, 2, 1, 1]), (.a, []), (.aaaa, [1, 2, 3, 4]),
    (.txt, []), (.txt, [5, 0x61]), (.txt, [1, 0x61, 9]), (.mx, [0]), (.mx, [0, 1]), (.caa, [0]), (.caa, [0, 0]),
    (.caa, [0, 9, 0x61]), (.cname, []), (.cname, [1, 0x61]), (.cname, [0, 0]), (.cname, [0xC0]),
    // Pointers to themselves, forward and to beyond the packet, and labels of reserved kinds.
    (.cname, [0xC0, UInt8(body + 12)]), (.cname, [1, 0x61, 0xC0, UInt8(body + 12)]),
    (.cname, [0xC0, UInt8(body + 14), 0xC0, 12]), (.cname, [0xFF, 0xFF]), (.cname, [0x40, 0]), (.cname, [0x80, 0]),
    (.cname, labels(of: 63, count: 4) + [0]),
  ]

  @Test("with data that is none are malformed", arguments: wrongData)
  func wrong(_ type: DNSRecordType, _ data: [UInt8]) {
    #expect(throws: DNSFailure.malformed) { try Self.value(type, data) }
  }

  @Test("that end early or claim more than they hold are malformed")
  func short() throws {
    let whole = TestPacket(answers: [TestPacket.record(type: 16, [1, 0x61])]).bytes(to: Self.query)
    for length in 0..<whole.count {
      #expect(throws: DNSFailure.malformed) { try Packet(Array(whole[..<length])) }
    }
    let claim = TestPacket(answerCount: 65_535, answers: [TestPacket.record(type: 16, [1, 0x61])])
    #expect(throws: DNSFailure.malformed) { try Packet(claim.bytes(to: Self.query)) }
  }

  @Test("that are questions, other operations or of no question are malformed")
  func flags() {
    for flags in [0x0180, 0xA180] as [UInt16] {
      #expect(throws: DNSFailure.malformed) { try Packet(TestPacket(flags: flags).bytes(to: Self.query)) }
    }
    #expect(throws: DNSFailure.malformed) { try Packet([0, 0, 0x81, 0x80, 0, 0, 0, 0, 0, 0, 0, 0]) }
  }

  @Test("count the code's upper bits, which EDNS adds")
  func extendedCode() throws {
    let options = [0] + TestPacket.number(41) + [4, 208, 1, 0, 0, 0, 0, 0]
    #expect(try Packet(TestPacket(additional: [options]).bytes(to: Self.query)).code == 16)
  }

  @Test("of other names, other classes and too long a life")
  func others() throws {
    var chaos = TestPacket.record(type: 16, [1, 0x61])
    chaos[5] = 3
    let answers = [
      TestPacket.record(TestPacket.name("b.example"), type: 16, [1, 0x62]), chaos,
      TestPacket.record(TestPacket.name("A.EXAMPLE"), type: 16, ttl: 1 << 31, [1, 0x63]),
    ]
    let packet = try Packet(TestPacket(answers: answers).bytes(to: Self.query))
    #expect(
      try packet.records("a.example", .txt) == [DNSRecord(name: "a.example", ttl: 0, value: .text("c"))])
  }

  @Test("of the greatest size are read in good time")
  func greatest() throws {
    let text = TestPacket.record(type: 16, Self.labels(of: 255, count: 240))
    let packet = try Packet(TestPacket(answers: [text]).bytes(to: Self.query))
    #expect(try packet.records("a.example", .txt).first?.value == .text(String(repeating: "a", count: 61_200)))
    // Each of many records names what is as long as a name can be, through a row of pointers.
    let longest = Self.labels(of: 61, count: 4) + [0]
    let first = TestPacket.record(type: 5, longest)
    let place = TestPacket.number(UInt16(0xC000 + Self.body + 12))
    let many = [first] + Array(repeating: TestPacket.record(place, type: 5, place), count: 4_500)
    let full = try Packet(TestPacket(answers: many).bytes(to: Self.query))
    #expect(full.answers.count == 4_501)
  }

  @Test("of any bytes are read or refused")
  func fuzz() throws {
    var random = SystemRandomNumberGenerator()
    let answers = DNSRecordType.allCases.map { TestPacket.record(type: $0.rawValue, [0, 3, 0x61, 0x62, 0xC0, 12, 0]) }
    let whole = TestPacket(answers: answers, authority: [TestPacket.record(type: 6, [0, 0])]).bytes(to: Self.query)
    for _ in 0..<20_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...6) {
        let notable: [UInt8] = [0, 1, 63, 64, 0xC0, 0xFF, .random(in: 0...255, using: &random)]
        bytes[.random(in: 12..<bytes.count, using: &random)] = notable.randomElement(using: &random)!
      }
      guard let packet = try? Packet(bytes) else { continue }
      for record in packet.answers { _ = try? record.value(in: bytes) }
      var chain = CNAMEChain(from: "a.example")
      try? chain.follow(packet)
    }
  }
}
