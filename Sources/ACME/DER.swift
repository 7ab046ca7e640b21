/// Reads the values of ASN.1's distinguished encoding (X.690), one after the other.
struct DER {
  /// One value: what it is, and its content.
  struct Value {
    let tag: UInt8
    let content: ArraySlice<UInt8>

    /// The values inside of this one.
    var inside: DER { DER(content) }
  }

  static let integer: UInt8 = 0x02
  static let bitString: UInt8 = 0x03
  static let octetString: UInt8 = 0x04
  static let objectIdentifier: UInt8 = 0x06
  static let sequence: UInt8 = 0x30

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  init(_ bytes: [UInt8]) {
    rest = bytes[...]
  }

  /// The next value; nil at the end, and when what follows is none.
  mutating func next() -> Value? {
    guard let tag = rest.popFirst(), let first = rest.popFirst() else { return nil }
    var length = Int(first)
    if first >= 0x80 {
      // More than four bytes of length is nothing that we are ever given.
      guard (0x81...0x84).contains(first), rest.count >= Int(first & 0x7F) else { return nil }
      length = 0
      for _ in 0..<Int(first & 0x7F) { length = length << 8 | Int(rest.removeFirst()) }
    }
    guard length <= rest.count else { return nil }
    defer { rest = rest.dropFirst(length) }
    return Value(tag: tag, content: rest.prefix(length))
  }

  /// The next value when it is of this kind; nil for any other.
  mutating func next(_ tag: UInt8) -> Value? {
    guard let value = next(), value.tag == tag else { return nil }
    return value
  }

  /// All that follow.
  mutating func all() -> [Value] {
    var values: [Value] = []
    while let value = next() { values.append(value) }
    return values
  }
}
