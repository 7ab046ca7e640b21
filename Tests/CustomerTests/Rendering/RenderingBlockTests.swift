import HTTP
import Services
import Testing

@testable import Customer

@Suite("A block")
struct RenderingBlockTests {
  @Test(
    "is read from JSON and gives the same JSON back",
    arguments: [
      #"{"kind":"profile"}"#, #"{"kind":"divider"}"#, #"{"kind":"heading","text":"Über mich","level":2}"#,
      #"{"kind":"heading","text":"a","level":3}"#, #"{"kind":"text","markdown":""}"#,
      #"{"kind":"text","markdown":"**a**\n"}"#, #"{"kind":"button","label":"Los","url":"https://a.example/"}"#,
      #"{"kind":"links"}"#, #"{"kind":"links","heading":"Mehr"}"#, #"{"kind":"contact"}"#,
      #"{"kind":"contact","heading":"Kontakt"}"#,
    ])
  func roundTrip(_ text: String) throws {
    let json = try JSONParser.parse(Array(text.utf8))
    #expect(try Block(json: json, pointer: "/blocks/0").json == json)
  }

  @Test("stores the address as it is linked")
  func normalised() throws {
    let json = try JSONParser.parse(Array(#"{"kind":"button","label":"a","url":"HTTPS://A.Example/<"}"#.utf8))
    #expect(try Block(json: json, pointer: "").json["url"] == "https://a.example/%3C")
  }

  @Test(
    "is refused with a pointer for each fault",
    arguments: [
      (#"1"#, [FieldError("/b/0", .wrongType)]), (#"{}"#, [FieldError("/b/0/kind", .required)]),
      (#"{"kind":1}"#, [FieldError("/b/0/kind", .wrongType)]),
      (#"{"kind":"html"}"#, [FieldError("/b/0/kind", .invalid)]),
      (#"{"kind":"Profile"}"#, [FieldError("/b/0/kind", .invalid)]),
      (#"{"kind":"profile","x":1}"#, [FieldError("/b/0/x", .unknownField)]),
      (#"{"kind":"heading"}"#, [FieldError("/b/0/text", .required), FieldError("/b/0/level", .required)]),
      (#"{"kind":"heading","text":"","level":2}"#, [FieldError("/b/0/text", .required)]),
      (#"{"kind":"heading","text":"a","level":1}"#, [FieldError("/b/0/level", .invalid)]),
      (#"{"kind":"heading","text":"a","level":4}"#, [FieldError("/b/0/level", .invalid)]),
      (#"{"kind":"heading","text":"a","level":"2"}"#, [FieldError("/b/0/level", .wrongType)]),
      (#"{"kind":"heading","text":"a","level":9223372036854775807}"#, [FieldError("/b/0/level", .invalid)]),
      (#"{"kind":"text"}"#, [FieldError("/b/0/markdown", .required)]),
      (#"{"kind":"text","markdown":null}"#, [FieldError("/b/0/markdown", .wrongType)]),
      (
        #"{"kind":"button","label":"","url":"javascript:x"}"#,
        [FieldError("/b/0/label", .required), FieldError("/b/0/url", .invalidURL)]
      ),
      (#"{"kind":"links","heading":1}"#, [FieldError("/b/0/heading", .wrongType)]),
    ])
  func refused(_ text: String, _ errors: [FieldError]) throws {
    let json = try JSONParser.parse(Array(text.utf8))
    #expect(throws: Problem(invalid: errors)) { try Block(json: json, pointer: "/b/0") }
  }

  @Test(
    "has texts of bounded length",
    arguments: [
      ("heading", "text", 200), ("text", "markdown", 10_000), ("button", "label", 80), ("links", "heading", 200),
    ])
  func limits(_ kind: String, _ field: String, _ limit: Int) throws {
    func json(_ count: Int) -> JSON {
      var members = [JSON.Member("kind", .string(kind)), .init(field, .string(String(repeating: "ä", count: count)))]
      if kind == "heading" { members.append(.init("level", 2)) }
      if kind == "button" { members.append(.init("url", "tel:1")) }
      return .object(members)
    }
    #expect(throws: Never.self) { try Block(json: json(limit), pointer: "") }
    #expect(throws: Problem(invalid: [FieldError("/\(field)", .tooLong(limit))])) {
      try Block(json: json(limit + 1), pointer: "")
    }
  }

  @Test(
    "belongs to a page whose slug is a word of its own",
    arguments: ["a", "ueber-uns", "2026", "a-1-b", String(repeating: "a", count: 40)])
  func slugs(_ text: String) {
    #expect(PageSlug(text)?.text == text)
  }

  @Test(
    "belongs to no page whose slug would lead elsewhere",
    arguments: [
      "-a", "a-", "a--b", "A", "ä", "a b", "a/b", "..", ".", "a.html", "impressum", "imprint", "datenschutz", "privacy",
      "a\u{0}", "%2e", String(repeating: "a", count: 41),
    ])
  func refusedSlugs(_ text: String) {
    #expect(PageSlug(text) == nil)
  }
}
