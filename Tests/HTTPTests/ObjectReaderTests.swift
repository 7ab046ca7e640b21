import Testing

@testable import HTTP

@Suite("Bodies are checked field by field")
struct ObjectReaderTests {
  private func faults(_ body: JSON, _ read: (inout ObjectReader) throws -> Void) -> [FieldError] {
    do {
      var reader = try ObjectReader(body)
      try read(&reader)
      try reader.finish()
      return []
    } catch {
      return (error as? Problem)?.errors ?? []
    }
  }

  @Test("All faults are told at once, unknown fields too")
  func allFaults() {
    let found = faults(["title": 1, "url": "", "zip~/": true]) { reader in
      _ = reader.string("title", maximum: 10)
      _ = reader.string("url", minimum: 1, maximum: 10)
      _ = reader.string("name", maximum: 10)
    }
    #expect(
      found == [
        FieldError("/title", .wrongType), FieldError("/url", .required), FieldError("/name", .required),
        FieldError("/zip~0~1", .unknownField),
      ])
  }

  @Test("Lists name the item, nested objects the path")
  func nested() {
    let body: JSON = [
      "social": [["label": "a", "url": "b"], ["label": "", "url": "b", "x": 1], 3], "address": ["x": 1],
    ]
    let found = faults(body) { reader in
      _ = try reader.optionalList("social", maximum: 5) { item, pointer in
        var reader = try ObjectReader(item, pointer: pointer)
        _ = reader.string("label", minimum: 1, maximum: 5)
        _ = reader.string("url", maximum: 5)
        try reader.finish()
      }
      _ = try reader.optionalObject("address") { _ in }
    }
    #expect(
      found == [
        FieldError("/social/1/label", .required), FieldError("/social/1/x", .unknownField),
        FieldError("/social/2", .wrongType), FieldError("/address/x", .unknownField),
      ])
  }

  @Test("Lengths are counted in characters as people write them, not in bytes")
  func lengths() {
    #expect(faults(["t": "äöüäö"]) { _ = $0.string("t", maximum: 5) } == [])
    #expect(faults(["t": "äöüäöü"]) { _ = $0.string("t", maximum: 5) } == [FieldError("/t", .tooLong(5))])
    #expect(faults(["t": "   "]) { _ = $0.string("t", minimum: 1, maximum: 5) } == [FieldError("/t", .tooShort(1))])
  }
}
