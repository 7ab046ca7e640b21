import Testing

@testable import Services

@Suite("An address on the wire")
struct WireAddressTests {
  /// The first are RFC 3492's own samples, section 7.1.
  @Test(
    "has its labels in ASCII",
    arguments: [
      ("他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye"),
      ("почемужеонинеговорятпорусски", "xn--b1abfaaepdrnnbgefbadotcwatmq2g4l"),
      ("3年b組金八先生", "xn--3b-ww4c5e180e575a65lsy2b"), ("bücher", "xn--bcher-kva"), ("BÜCHER", "xn--bcher-kva"),
      ("straße", "xn--strae-oqa"), ("a-b", "a-b"), ("ü", "xn--tda"),
    ])
  func labels(_ label: String, _ expected: String) {
    #expect(Punycode.label(label[...]) == expected)
  }

  @Test("is what it was when it is ASCII", arguments: ["https://a.example/%20?b=c#d", "tel:+49-30", "http://[::1]/"])
  func plain(_ text: String) throws {
    #expect(try #require(WebLink(text)).ascii == text)
  }

  @Test(
    "keeps values of its own beside those that are added",
    arguments: [
      ("https://a.example", "https://a.example/?x=1%262"), ("https://a.example/p#f", "https://a.example/p?x=1%262#f"),
      ("https://a.example/?x=0&xy=2&x", "https://a.example/?xy=2&x=1%262"),
      ("mailto:a@b.example", "mailto:a@b.example"),
      ("https://a.example?", "https://a.example/?x=1%262"), ("https://a.example/#?y", "https://a.example/?x=1%262#?y"),
    ])
  func values(_ text: String, _ expected: String) throws {
    #expect(try #require(WebLink(text)).adding(query: [("x", "1&2")]).text == expected)
  }
}
