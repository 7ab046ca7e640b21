import Support
import Testing

@testable import DNS

@Suite("Real zones", .timeLimit(.minutes(2)))
struct KnotTests {
  /// On 127.0.0.1; `split.de` and `lame.de` have a second server on 127.0.0.2.
  private static let zones = [
    ".": ". NS ns.shop.de.\nshop.de. NS ns.shop.de.\nns.shop.de. A 127.0.0.1",
    "shop.de": """
    @ NS ns
    ns A 127.0.0.1
    @ A 192.0.2.1
    @ MX 10 mail
    @ CAA 0 issue "letsencrypt.org"
    @ TXT "first" " and second"
    www CNAME target.sites.de.
    loop CNAME loop2
    loop2 CNAME loop
    nowhere CNAME gone.sites.de.
    outside CNAME unserved.com.
    *.wild TXT "wild"
    \((0..<30).map { "many TXT \"\($0)\(String(repeating: "b", count: 200))\"" }.joined(separator: "\n"))
    deep.below.here A 192.0.2.9
    """,
    "sites.de": """
    @ NS ns.shop.de.
    target A 192.0.2.2
    target AAAA 2001:db8::2
    """,
    "split.de": """
    @ NS ns1
    @ NS ns2
    ns1 A 127.0.0.1
    ns2 A 127.0.0.2
    @ TXT "old"
    same TXT "one"
    same TXT "two"
    """,
    "lame.de": """
    @ NS ns1
    @ NS ns2
    ns1 A 127.0.0.1
    ns2 A 127.0.0.2
    @ TXT "there"
    """,
    "away.de": """
    @ NS ns
    ns A 127.0.0.3
    @ TXT "there"
    """,
    "homeless.de": "@ NS ns.nowhere.de.",
  ]
  private static let secondZones = [
    "split.de": """
    @ NS ns1
    @ NS ns2
    ns1 A 127.0.0.1
    ns2 A 127.0.0.2
    @ TXT "new"
    same TXT "two"
    same TXT "one"
    """
  ]
  private static let servers = Result {
    let first = try KnotServer(zones)
    return (first, try KnotServer(secondZones, address: "127.0.0.2", port: first.port))
  }

  private func client(tries: Int = 3) throws -> DNSClient {
    DNSClient.asking(try Self.servers.get().0.port, timeoutMilliseconds: 5_000, tries: tries)
  }

  @Test(
    "give their records",
    arguments: [
      ("shop.de", DNSRecordType.a, [DNSValue.address("192.0.2.1")]), ("SHOP.de.", .a, [.address("192.0.2.1")]),
      ("shop.de", .mx, [.mx(preference: 10, host: "mail.shop.de")]), ("shop.de", .aaaa, []),
      ("shop.de", .caa, [.caa(flags: 0, tag: "issue", value: "letsencrypt.org")]),
      ("shop.de", .txt, [.text("first and second")]), ("shop.de", .ns, [.name("ns.shop.de")]),
      ("shop.de", .soa, [.other]), ("shop.de", .ds, []), ("x.wild.shop.de", .txt, [.text("wild")]),
      ("www.shop.de", .cname, [.name("target.sites.de")]), ("www.shop.de", .aaaa, [.address("2001:db8::2")]),
    ])
  func records(_ name: String, _ type: DNSRecordType, _ expected: [DNSValue]) throws {
    let answer = try client().query(name, type)
    #expect(answer.records.map(\.value) == expected)
    #expect(answer.doesExist)
    #expect(answer.chain == (name == "www.shop.de" && type == .aaaa ? ["target.sites.de"] : []))
    #expect(answer.records.allSatisfy { $0.ttl == 60 })
  }

  @Test("that are longer than a packet come whole")
  func long() throws {
    #expect(try client().query("many.shop.de", .txt).records.count == 30)
    guard case .agreed(let answer) = try client().queryAuthoritative("many.shop.de", .txt) else {
      Issue.record("one server does not agree")
      return
    }
    #expect(answer.records.count == 30)
  }

  @Test("say no to names that do not exist, also at the end of a chain")
  func no() throws {
    #expect(try !client().query("none.shop.de", .a).doesExist)
    let dangling = try client().query("nowhere.shop.de", .a)
    #expect(dangling.chain == ["gone.sites.de"] && dangling.records.isEmpty && !dangling.doesExist)
  }

  @Test("whose aliases lead in a circle fail")
  func loop() throws {
    #expect(throws: DNSFailure.loop) { try client().query("loop.shop.de", .a) }
    #expect(throws: DNSFailure.loop) { try client().queryAuthoritative("loop.shop.de", .a) }
  }

  @Test(
    "are found from any name in them",
    arguments: ["shop.de", "www.shop.de", "a.b.c.shop.de", "deep.below.here.shop.de", "x.loop.shop.de"])
  func servers(_ name: String) throws {
    #expect(try client().authoritative(for: name).map(\.address) == ["127.0.0.1"])
  }

  @Test("are found with all of their servers")
  func several() throws {
    #expect(Set(try client().authoritative(for: "x.split.de").map(\.address)) == ["127.0.0.1", "127.0.0.2"])
  }

  @Test("agree or differ, in whatever order")
  func agreement() throws {
    guard case .split(let answers) = try client().queryAuthoritative("split.de", .txt) else {
      Issue.record("what differs is said to agree")
      return
    }
    #expect(Set(answers.flatMap { $0.records.map(\.value) }) == [.text("old"), .text("new")])
    guard case .agreed(let same) = try client().queryAuthoritative("same.split.de", .txt) else {
      Issue.record("what is in another order is said to differ")
      return
    }
    #expect(Set(same.records.map(\.value)) == [.text("one"), .text("two")])
    guard case .agreed(let none) = try client().queryAuthoritative("none.split.de", .txt) else {
      Issue.record("both do not have it")
      return
    }
    #expect(!none.doesExist)
  }

  @Test("are asked for their own names; the resolvers follow")
  func aliases() throws {
    guard case .agreed(let answer) = try client().queryAuthoritative("www.shop.de", .a) else {
      Issue.record("one server does not agree")
      return
    }
    #expect(answer.chain == ["target.sites.de"])
    #expect(answer.records.map(\.value) == [.address("192.0.2.2")])
    guard case .agreed(let alias) = try client().queryAuthoritative("www.shop.de", .cname) else {
      Issue.record("one server does not agree")
      return
    }
    #expect(alias.chain.isEmpty && alias.records.map(\.value) == [.name("target.sites.de")])
  }

  @Test("of which one server does not know are answered by the other")
  func lame() throws {
    guard case .agreed(let answer) = try client().queryAuthoritative("lame.de", .txt) else {
      Issue.record("one server does not agree")
      return
    }
    #expect(answer.records.map(\.value) == [.text("there")])
  }

  @Test("whose servers are away or have no address could not be asked")
  func away() throws {
    #expect(throws: DNSFailure.timeout) { try client(tries: 1).queryAuthoritative("away.de", .txt) }
    #expect(throws: DNSFailure.refused(code: 0)) { try client().queryAuthoritative("homeless.de", .txt) }
  }

  @Test("give many threads their answers at once")
  func threads() async throws {
    let client = try client()
    try await withThrowingTaskGroup { group in
      for _ in 0..<40 {
        group.addTask { try client.query("www.shop.de", .a).records.map(\.value) }
      }
      for try await values in group { #expect(values == [.address("192.0.2.2")]) }
    }
  }
}
