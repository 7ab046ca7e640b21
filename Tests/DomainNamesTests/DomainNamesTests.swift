import DomainNames
import Testing

@Suite("Domain names")
struct DomainNamesTests {
  @Test(
    "have one spelling, the one that the DNS knows",
    arguments: [
      ("example.com", "example.com"), ("Example.COM", "example.com"), ("localhost", "localhost"),
      ("b\u{FC}cher.example", "xn--bcher-kva.example"), ("B\u{DC}CHER.example", "xn--bcher-kva.example"),
      ("bu\u{308}cher.example", "xn--bcher-kva.example"), ("xn--bcher-kva.example", "xn--bcher-kva.example"),
      ("XN--BCHER-KVA.Example", "xn--bcher-kva.example"),
      ("fa\u{DF}.example", "xn--fa-hia.example"), ("\u{3B2}\u{3CC}\u{3BB}\u{3BF}\u{3C2}.gr", "xn--nxasmm1c.gr"),
      ("\u{FF45}\u{FF58}\u{FF41}\u{FF4D}\u{FF50}\u{FF4C}\u{FF45}.com", "example.com"),
      ("\u{FF11}\u{FF12}.example", "12.example"),
      ("example\u{3002}com", "example.com"), ("example\u{FF0E}com", "example.com"),
      ("exam\u{AD}ple.com", "example.com"), ("\u{1D41E}xample.com", "example.com"),
      ("r3---sn-x.example.com", "r3---sn-x.example.com"),
      ("\u{4F8B}\u{3048}.\u{30C6}\u{30B9}\u{30C8}", "xn--r8jz45g.xn--zckzah"),
    ])
  func one(_ typed: String, _ expected: String) {
    #expect(DomainNames.asciiDomain(typed) == expected)
  }

  @Test(
    "that are no host names are none",
    arguments: [
      "", ".", "example..com", ".example.com", "example.com.", "a_b.example", "-a.example", "a-.example", "a b.example",
      "a\u{0}b.example", "a/b.example", "exam\u{FF0F}ple.com", "user@example.com", "xn--.example",
      "xn--99999999.example", "\u{200B}", "\u{2028}.example", "\u{301}a.example", "\u{1F600}\u{FE0F}\u{E000}.example",
      String(repeating: "a", count: 64) + ".example", String(repeating: "\u{FC}", count: 64) + ".example",
      Array(repeating: "abcdefg", count: 33).joined(separator: "."), String(repeating: "a.", count: 100_000) + "a",
    ])
  func none(_ typed: String) {
    #expect(DomainNames.asciiDomain(typed) == nil)
  }

  @Test("stay as they are when asked again")
  func stable() throws {
    for scalar in (0x80...0x24FF).compactMap(Unicode.Scalar.init) {
      guard let once = DomainNames.asciiDomain("a\(Character(scalar))b.example") else { continue }
      #expect(DomainNames.asciiDomain(once) == once, "U+\(String(scalar.value, radix: 16))")
    }
  }
}
