/// What begins an item of a list: `-`, `*` or a number with a dot, and a space.
struct MarkdownListMarker {
  /// The number of an ordered item.
  let number: Int?
  /// The bytes before the item's text.
  let width: Int

  var isOrdered: Bool { number != nil }

  init?(_ line: ArraySlice<UInt8>) {
    let indent = line.indent
    guard indent < 2 else { return nil }
    let text = line.dropFirst(indent)
    let digits = text.prefix(9).prefix { (0x30...0x39).contains($0) }
    let rest: ArraySlice<UInt8>
    if digits.isEmpty {
      guard text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "*") else { return nil }
      rest = text.dropFirst()
      number = nil
    } else {
      guard text.dropFirst(digits.count).first == UInt8(ascii: ".") else { return nil }
      rest = text.dropFirst(digits.count + 1)
      number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    guard rest.first == 0x20 || rest.first == 0x09 else { return nil }
    width = rest.startIndex + rest.indent - line.startIndex
  }

  var opening: HTML {
    switch number {
    case nil: "<ul>\n"
    case 1: "<ol>\n"
    case .some(let number): "<ol start=\"\(number)\">\n"
    }
  }

  var closing: HTML { isOrdered ? "</ol>\n" : "</ul>\n" }
}
