import Glibc

/// One HTTP answer.
package struct Response: Sendable {
  package var status: Status
  package var headers: Headers
  package var body: Body

  /// What follows the headers.
  package enum Body: Sendable {
    case empty
    case bytes([UInt8])
    /// Bytes that stand in a larger array; for ranges, without a copy.
    case slice(ArraySlice<UInt8>)
    case text(String)

    /// The length in bytes.
    package var count: Int {
      switch self {
      case .empty: 0
      case .bytes(let bytes): bytes.count
      case .slice(let bytes): bytes.count
      case .text(let text): text.utf8.count
      }
    }
  }

  package init(_ status: Status, headers: Headers = Headers(), body: Body = .empty) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A JSON answer of status 200.
  package static func json(_ bytes: [UInt8]) -> Response {
    json(.ok, bytes)
  }

  /// A JSON answer.
  package static func json(_ status: Status, _ bytes: [UInt8]) -> Response {
    Response(status, headers: ["Content-Type": "application/json"], body: .bytes(bytes))
  }
}

/// The answer's header fields in the order in which they are sent.
///
/// Values never hold line breaks: ``append(_:_:)`` drops control characters, so that no input can add a field
/// (response splitting).
package struct Headers: Sendable, ExpressibleByDictionaryLiteral {
  package private(set) var fields: [Field]

  /// A name and its value.
  package struct Field: Sendable {
    package let name: StaticString
    package let value: String
  }

  package init(dictionaryLiteral elements: (StaticString, String)...) {
    fields = elements.map { Field(name: $0.0, value: Self.clean($0.1)) }
  }

  package init() {
    fields = []
  }

  package mutating func append(_ name: StaticString, _ value: String) {
    fields.append(Field(name: name, value: Self.clean(value)))
  }

  /// Puts one field of that name, in that spelling, in the place of those that are there.
  package mutating func set(_ name: StaticString, _ value: String) {
    fields.removeAll { Self.isSame($0.name, name) }
    append(name, value)
  }

  /// Whether a field of that name, in that spelling, is there.
  package func contains(_ name: StaticString) -> Bool {
    fields.contains { Self.isSame($0.name, name) }
  }

  private static func isSame(_ left: StaticString, _ right: StaticString) -> Bool {
    let count = left.utf8CodeUnitCount
    // Safe: both are constants of `count` bytes.
    return unsafe count == right.utf8CodeUnitCount && memcmp(left.utf8Start, right.utf8Start, count) == 0
  }

  private static func clean(_ value: String) -> String {
    guard value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return value }
    return String(decoding: value.utf8.filter { $0 >= 0x20 && $0 != 0x7F }, as: UTF8.self)
  }
}
