import Testing

@testable import HTTP

@Suite("JSON is read strictly")
struct JSONParserTests {
  @Test(
    "What is valid is read",
    arguments: [
      (#"{"a":1}"#, ["a": 1]), ("[]", []), (" [ 1 , -0 , 2.5 , 1e3 ] ", [1, 0, .number(2.5), .number(1000)]),
      (#""\u00e4\ud83d\ude00\n""#, "ä😀\n"), ("null", nil), (#"{"":{}}"#, ["": [:]]),
      ("123456789012345678901", .number(1.2345678901234568e20)),
    ] as [(String, JSON)])
  func valid(_ text: String, _ expected: JSON) throws {
    #expect(try JSONParser.parse(Array(text.utf8)) == expected)
  }

  @Test(
    "What is not is refused, with its reason",
    arguments: [
      ("", .truncated), ("{", .truncated), ("[1,]", .unexpected), ("{\"a\":1,}", .unexpected), ("01", .trailing),
      ("1 2", .trailing), ("NaN", .unexpected), ("Infinity", .unexpected), ("-", .invalidNumber),
      ("1e999", .invalidNumber), ("+1", .unexpected), (".5", .unexpected), ("1.", .invalidNumber),
      (#"{"a":1,"a":2}"#, .duplicateName), (#"{"a":1,"\u0061":2}"#, .duplicateName), ("'a'", .unexpected),
      (#""\ud800""#, .invalidEscape), (#""\udc00""#, .invalidEscape), (#""\ud800\u0041""#, .invalidEscape),
      (#""\u0000""#, .invalidEscape), (#""\x41""#, .invalidEscape), ("\"a\nb\"", .unexpected), ("\"a", .truncated),
      ("\u{FEFF}{}", .unexpected), ("{a:1}", .unexpected), ("tru", .truncated), ("/**/1", .unexpected),
    ] as [(String, JSONError.Reason)])
  func invalid(_ text: String, _ reason: JSONError.Reason) {
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(Array(text.utf8)) }
    #expect(error?.reason == reason)
  }

  @Test("Bytes that are not UTF-8 are refused", arguments: [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xE2, 0x82]])
  func invalidUTF8(_ bytes: [UInt8]) {
    let error = #expect(throws: JSONError.self) { try JSONParser.parse([0x22] + bytes + [0x22]) }
    #expect(error?.reason == .invalidUTF8)
  }

  @Test("Depth is bounded, whatever the size")
  func depth() {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(deep) }
    #expect(error?.reason == .tooDeep)
  }

  @Test("What is written can be read back")
  func roundTrip() throws {
    let value: JSON = [
      "text": "\"\\/\u{1}\u{1F}\n\r\tä😀\u{2028}", "list": [1, true, nil, .number(0.1)], "nested": ["a": ["b": []]],
    ]
    #expect(try JSONParser.parse(value.bytes) == value)
  }
}
