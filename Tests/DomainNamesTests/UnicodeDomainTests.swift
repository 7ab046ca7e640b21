import DomainNames
import Testing

@Suite("Domain names for showing")
struct UnicodeDomainTests {
  @Test(
    "have the letters that punycode stands for",
    arguments: [
      ("xn--bcher-kva.example", "b\u{FC}cher.example"), ("www.xn--fa-hia.de", "www.fa\u{DF}.de"),
      ("xn--r8jz45g.xn--zckzah", "\u{4F8B}\u{3048}.\u{30C6}\u{30B9}\u{30C8}"),
    ])
  func letters(_ ascii: String, _ expected: String) {
    #expect(DomainNames.unicodeDomain(ascii) == expected)
  }

  @Test(
    "stay as they are when nothing else leads to them",
    arguments: [
      "example.com", "r3---sn-x.example.com", "xn--.example", "xn--99999999.example", "XN--BCHER-KVA.example",
      "xn--a.b_c", "", "a\u{0}.xn--bcher-kva", "xn--bcher-kva..de",
    ])
  func same(_ ascii: String) {
    #expect(DomainNames.unicodeDomain(ascii) == ascii)
  }

  @Test("lead back to where they came from")
  func back() throws {
    for scalar in (0x80...0x24FF).compactMap(Unicode.Scalar.init) {
      guard let ascii = DomainNames.asciiDomain("a\(Character(scalar))b.example") else { continue }
      #expect(DomainNames.asciiDomain(DomainNames.unicodeDomain(ascii)) == ascii)
    }
  }
}
