import Testing

@testable import HTTP

@Suite("Header fields")
struct FieldTests {
  @Test(
    "The cookie of exactly that name is found",
    arguments: [
      ("session=a", "a"), ("x=1; session=a; y=2", "a"), ("xsession=1; session=a", "a"), ("session=", ""),
      ("session=a; session=b", "a"), ("session=a=b", "a=b"), ("sessions=1", nil), ("", nil), ("session", nil),
      (";;; session=a", "a"),
    ] as [(String, String?)])
  func cookie(_ field: String, _ expected: String?) {
    #expect(Cookie.value("session", in: field) == expected)
  }

  @Test(
    "Entity tags are compared as RFC 9110 wants",
    arguments: [
      ("\"a\"", true, true), ("W/\"a\"", true, false), ("\"b\"", false, false), ("\"b\", \"a\"", true, true),
      ("*", true, true), ("a", false, false), ("\"a", false, false), ("", false, false),
      ("\"b\" , W/\"a\"", true, false),
    ])
  func entityTags(_ field: String, _ weak: Bool, _ strong: Bool) {
    #expect(Conditions.matches(field, "\"a\"", weak: true) == weak)
    #expect(Conditions.matches(field, "\"a\"", weak: false) == strong)
  }

  @Test(
    "The preferred language is taken",
    arguments: [
      ("de", .german), ("de-AT,de;q=0.9,en;q=0.8", .german), ("en-GB,de;q=0.5", .english), ("fr,de;q=0.1", .german),
      ("", .english), ("*", .english), ("en;q=0,de;q=0.1", .german), ("den", .english), ("de;q=x", .english),
    ] as [(String, Language)])
  func language(_ field: String, _ expected: Language) {
    #expect(Language(acceptLanguage: field) == expected)
  }

  @Test("No value can begin a header field of its own")
  func responseSplitting() {
    var headers = Headers()
    headers.append("Location", "/a\r\nSet-Cookie: x=1\u{0}")
    #expect(headers.fields[0].value == "/aSet-Cookie: x=1")
  }

  @Test("nginx's time of receipt is read", arguments: ["1763726400.123", "0.000"])
  func receipt(_ text: String) {
    let milliseconds = text.filter { $0 != "." }
    #expect(Instant(nginxMilliseconds: text)?.milliseconds == Int64(milliseconds))
  }

  @Test("Anything else is no time", arguments: ["", "x", "1", "1.", "1.5555", "-1.-5"])
  func noReceipt(_ text: String) {
    #expect(Instant(nginxMilliseconds: text) == nil)
  }
}
