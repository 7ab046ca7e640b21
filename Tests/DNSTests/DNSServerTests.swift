import Testing

@testable import DNS

@Suite("Servers and resolv.conf")
struct DNSServerTests {
  @Test(
    "are read as address and port",
    arguments: [
      ("9.9.9.9", "9.9.9.9:53"), ("9.9.9.9:5300", "9.9.9.9:5300"), ("2620:fe::fe", "[2620:fe::fe]:53"),
      ("[2620:FE:0:0:0:0:0:FE]:853", "[2620:fe::fe]:853"), ("[::1]", "[::1]:53"),
    ])
  func servers(_ text: String, _ expected: String) {
    #expect(DNSServer(text)?.description == expected)
  }

  @Test(
    "that are anything else are none",
    arguments: [
      "", "dns.example.com", "9.9.9", "9.9.9.9:", "9.9.9.9:0", "9.9.9.9:65536", "9.9.9.9:-1", "9.9.9.9:+5", "::1:x",
      "[::1", "[9.9.9.9]:53", "[::1]53", "fe80::1%eth0", "9.9.9.9:53:53", "9.9.9.9\u{0}", ":53", "[]:53",
    ])
  func none(_ text: String) {
    #expect(DNSServer(text) == nil)
  }

  @Test("are taken from resolv.conf as glibc does")
  func resolverFile() {
    let text =
      "# nameserver 1.1.1.1\nsearch a.example\nnameserver\t9.9.9.9\nnameserver ::1 # x\nnameserver fe80::1%lo\n"
    #expect(ResolverFile.servers(in: text).map(\.description) == ["9.9.9.9:53", "[::1]:53"])
    #expect(ResolverFile.servers(path: "/nonexistent").map(\.description) == ["127.0.0.1:53"])
  }
}
