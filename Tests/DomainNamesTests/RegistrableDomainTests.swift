import DomainNames
import Testing

@Suite("Registrable domains")
struct RegistrableDomainTests {
  @Test(
    "are a public suffix and one label more",
    arguments: [
      ("example.com", "example.com"), ("www.example.com", "example.com"), ("a.b.c.example.co.uk", "example.co.uk"),
      ("shop.de", "shop.de"), ("xn--bcher-kva.de", "xn--bcher-kva.de"),
      ("a.xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn"),
      ("a.b.c.ck", "b.c.ck"), ("www.ck", "www.ck"), ("a.city.kawasaki.jp", "city.kawasaki.jp"),
    ])
  func registrable(_ name: String, _ expected: String) {
    #expect(DomainNames.registrableDomain(of: name) == expected)
  }

  @Test(
    "of customers of one company are different ones",
    arguments: [("anna.github.io", "anna.github.io"), ("www.anna.github.io", "anna.github.io")])
  func company(_ name: String, _ expected: String) {
    #expect(DomainNames.registrableDomain(of: name) == expected)
  }

  @Test(
    "are not public suffixes, nor names below none that is known",
    arguments: [
      "com", "de", "co.uk", "github.io", "c.ck", "kawasaki.jp", "a.kawasaki.jp", "xn--55qx5d.cn", "localhost",
      "a.localhost", "shop.test", "a.shop.internal", "", "onion", "a.onion1", "127.0.0.1", "a.invalid",
    ])
  func none(_ name: String) {
    #expect(DomainNames.registrableDomain(of: name) == nil)
  }

}
