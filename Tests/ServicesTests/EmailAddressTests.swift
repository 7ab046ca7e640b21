import Testing

@testable import Services

@Suite("E-mail addresses")
struct EmailAddressTests {
  @Test(
    "are stored in one form",
    arguments: [
      ("Anna@Example.COM", "anna@example.com"), ("  a@b.de\n", "a@b.de"), ("a.b+c@d-e.museum", "a.b+c@d-e.museum"),
      ("müller@bäckerei.example", "müller@bäckerei.example"), ("o'neil@example.ie", "o'neil@example.ie"),
    ])
  func good(_ typed: String, _ stored: String) {
    #expect(EmailAddress(typed)?.text == stored)
  }

  @Test(
    "that could be anything else are refused",
    arguments: [
      "", "@", "a@", "@b.de", "a@b", "a@b.c", "a b@c.de", "a@b c.de", "a@@b.de", "a@b..de", ".a@b.de", "a.@b.de",
      "a..b@c.de", "a@-b.de", "a@b-.de", "a@b.de,c@d.de", "a@b.de\r\nBcc: c@d.de", "<a@b.de>", "\"a b\"@c.de",
      "a@[127.0.0.1]", "a\u{0}@b.de", "a@b.de\u{0}", "a:b@c.de", "a;b@c.de", "a(b)@c.de", "a\\b@c.de",
      String(repeating: "a", count: 65) + "@b.de", "a@" + String(repeating: "b", count: 64) + ".de",
    ])
  func bad(_ typed: String) {
    #expect(EmailAddress(typed) == nil)
  }
}
