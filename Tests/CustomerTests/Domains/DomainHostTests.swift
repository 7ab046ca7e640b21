import HTTP
import Testing

@testable import Customer

@Suite("Hosts that customers may connect")
struct DomainHostTests {
  private static let own = ["sites.smartpages.de", "app.smartpages.de"]

  @Test(
    "All spellings of a host are one",
    arguments: [
      ("Shop.Example.COM.", "shop.example.com"), ("  shop.example.com\n", "shop.example.com"),
      ("BU\u{308}CHER-t.de\u{3002}", "xn--bcher-t-n2a.de"), ("b\u{fc}cher-t.de", "xn--bcher-t-n2a.de"),
      ("XN--BCHER-T-N2A.de", "xn--bcher-t-n2a.de"),
      ("\u{ff53}\u{ff48}\u{ff4f}\u{ff50}.de", "shop.de"), ("stra\u{df}e.de", "xn--strae-oqa.de"),
      ("a.b.example.co.uk", "a.b.example.co.uk"),
    ])
  func spellings(_ typed: String, _ name: String) throws {
    #expect(try DomainHost(typed, own: Self.own).name == name)
  }

  @Test(
    "What is nobody's is refused, with the reason",
    arguments: [
      ("co.uk", FieldErrorCode.publicSuffix), ("github.io", .publicSuffix), ("shop.nosuchending", .publicSuffix),
      ("localhost", .reservedName), ("shop.test", .reservedName), ("printer.local", .reservedName),
      ("x.sites.smartpages.de", .ownHost), ("SITES.smartpages.de.", .ownHost), ("192.0.2.1", .ipAddress),
      ("::1", .ipAddress), ("1.2.3.0x7f", .ipAddress), ("\u{ff11}.2.3.4", .ipAddress), ("*.shop.de", .invalidDomain),
      ("shop", .invalidDomain), ("", .invalidDomain), ("a..de", .invalidDomain), ("https://shop.de", .invalidDomain),
    ])
  func refusals(_ typed: String, _ code: FieldErrorCode) {
    let refusal = #expect(throws: DomainRefusal.self) { try DomainHost(typed, own: Self.own) }
    #expect(refusal?.code == code)
  }

  @Test("A host has room in a file's name, and few labels")
  func lengths() throws {
    let label = String(repeating: "a", count: 63)
    let most = "aaaaa.\(label).\(label).\(label).de"
    #expect(try DomainHost(most, own: []).name.utf8.count == 200)
    #expect(throws: DomainRefusal.self) { try DomainHost("a\(most)", own: []) }
    #expect(try DomainHost("1.2.3.4.5.6.7.8.shop.co.uk", own: []).registrable == "shop.co.uk")
    #expect(throws: DomainRefusal.self) { try DomainHost("1.2.3.4.5.6.7.8.9.shop.co.uk", own: []) }
  }

  @Test("A registered domain has a www, other hosts have none")
  func www() throws {
    #expect(try DomainHost("shop.de", own: []).www?.name == "www.shop.de")
    #expect(try DomainHost("www.shop.de", own: []).www == nil)
    #expect(try DomainHost("shop.co.uk", own: []).www?.registrable == "shop.co.uk")
  }
}
