/// A reader of markup that takes only what a careful hand would write, so that what a browser might mend or guess
/// shows as an error: quoted attributes, known entities, closed elements, no stray signs.
struct StrictTokenizer {
  struct Tag: Equatable, CustomStringConvertible {
    let name: String
    let attributes: [(name: String, value: String)]

    static func == (left: Tag, right: Tag) -> Bool {
      left.name == right.name && left.attributes.map(\.name) == right.attributes.map(\.name)
    }

    subscript(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

    var description: String { "<\(name) \(attributes.map(\.name).joined(separator: " "))>" }
  }

  struct Fault: Error {
    let what: String
    let near: String
  }

  private static let void: Set<String> = ["meta", "link", "br", "hr", "img", "input", "source"]
  private static let truths: Set<String> = ["hidden", "required", "download"]
  private static let entities = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"].map { Array($0.utf8) }

  private let bytes: [UInt8]
  private var position = 0
  private var open: [String] = []
  private var tags: [Tag] = []

  /// The opening tags in order.
  static func tags(_ markup: String) throws -> [Tag] {
    var tokenizer = StrictTokenizer(bytes: Array(markup.utf8))
    try tokenizer.run()
    return tokenizer.tags
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private func fault(_ what: String) -> Fault {
    Fault(what: what, near: String(decoding: bytes[position...].prefix(80), as: UTF8.self))
  }

  private mutating func take(_ text: StaticString) -> Bool {
    let expected = Array(text.description.utf8)
    guard bytes[position...].starts(with: expected) else { return false }
    position += expected.count
    return true
  }

  private mutating func run() throws {
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "<") else {
        try character(bytes[position])
        continue
      }
      if take("<!DOCTYPE html>") || take("<?xml version=\"1.0\" encoding=\"UTF-8\"?>") { continue }
      if take("</") {
        let name = try name()
        guard take(">"), open.popLast() == name else { throw fault("closes \(name)") }
      } else {
        position += 1
        try tag()
      }
    }
    guard open.isEmpty else { throw fault("left open: \(open)") }
  }

  private mutating func character(_ byte: UInt8) throws {
    switch byte {
    case UInt8(ascii: "&"):
      guard let entity = Self.entities.first(where: { bytes[position...].starts(with: $0) }) else {
        throw fault("entity")
      }
      position += entity.count
    case UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"), 0..<0x09, 0x0B..<0x20, 0x7F: throw fault("sign")
    case 0x80...0x9F where bytes[position - 1] == 0xC2: throw fault("control")
    default: position += 1
    }
  }

  private mutating func name() throws -> String {
    let start = position
    while position < bytes.count, Self.isNameByte(bytes[position]) { position += 1 }
    guard start < position else { throw fault("name") }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, UInt8(ascii: "-"): true
    default: false
    }
  }

  private mutating func tag() throws {
    let name = try name()
    var attributes: [(name: String, value: String)] = []
    while take(" ") {
      let attribute = try self.name()
      // An attribute of truth has no value; no other may be without.
      if Self.truths.contains(attribute), !bytes[position...].starts(with: "=".utf8) {
        attributes.append((attribute, ""))
        continue
      }
      guard take("=\"") else { throw fault("attribute \(attribute)") }
      let start = position
      while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
        // The same signs are faults in a value as in text.
        try character(bytes[position])
      }
      let value = String(decoding: bytes[start..<position], as: UTF8.self)
      guard !value.contains("<"), take("\""), !attributes.contains(where: { $0.name == attribute }) else {
        throw fault("value of \(attribute)")
      }
      attributes.append((attribute, value))
    }
    let isClosed = take("/")
    guard take(">") else { throw fault("tag \(name)") }
    tags.append(Tag(name: name, attributes: attributes))
    if isClosed || Self.void.contains(name) { return }
    open.append(name)
    // Raw text, which ends at the next end tag.
    guard name == "style" || name == "script" else { return }
    position = bytes[position...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
  }
}
