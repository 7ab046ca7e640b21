import Services

/// Reads the text of one paragraph: emphasis, code, links, line breaks, escapes.
///
/// Three steps, each in one run over the text: code spans are paired, links are found, then emphasis is resolved in
/// each link and around them, so that elements always nest.
struct MarkdownInline {
  /// A part of a text whose emphasis is still to be resolved.
  enum Piece {
    case text(ArraySlice<UInt8>)
    case code(ArraySlice<UInt8>)
    case stars(MarkdownEmphasis.Run)
    case link(WebLink, [Piece])
  }

  private let bytes: [UInt8]
  /// For the start of each run of backticks, where the next run of the same length starts.
  private let codeEnds: [Int: Int]
  private var position = 0
  private var textStart = 0
  private var pieces: [Piece] = []
  /// Where in `pieces` the brackets stand that may begin a link.
  private var brackets: [Int] = []

  /// Writes the lines, less their indentation, with a line break between each two.
  static func write(_ lines: ArraySlice<ArraySlice<UInt8>>, to output: inout HTML) {
    var bytes: [UInt8] = []
    for line in lines {
      if !bytes.isEmpty { bytes.append(0x0A) }
      bytes.append(contentsOf: line.trimmingStart())
    }
    var inline = MarkdownInline(bytes)
    MarkdownEmphasis.write(inline.read(), to: &output)
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    codeEnds = Self.pairedBackticks(bytes)
  }

  private static func pairedBackticks(_ bytes: [UInt8]) -> [Int: Int] {
    var ends: [Int: Int] = [:]
    var nextOfLength: [Int: Int] = [:]
    var end = bytes.count
    while let last = bytes[..<end].lastIndex(of: UInt8(ascii: "`")) {
      var start = last
      while start > 0, bytes[start - 1] == UInt8(ascii: "`") { start -= 1 }
      let length = last + 1 - start
      ends[start] = nextOfLength[length]
      nextOfLength[length] = start
      end = start
    }
    return ends
  }

  private mutating func read() -> [Piece] {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\\"): escape()
      case UInt8(ascii: "`"): code()
      case UInt8(ascii: "*"): stars()
      case UInt8(ascii: "["):
        flushText()
        brackets.append(pieces.count)
        position += 1
      case UInt8(ascii: "]"): closeBracket()
      default: position += 1
      }
    }
    flushText()
    return pieces
  }

  /// Ends the text before the current position as a piece of its own.
  private mutating func flushText() {
    if textStart < position { pieces.append(.text(bytes[textStart..<position])) }
    textStart = position
  }

  /// A backslash before a sign takes its meaning away.
  private mutating func escape() {
    guard position + 1 < bytes.count, Self.isSign(bytes[position + 1]) else {
      position += 1
      return
    }
    flushText()
    textStart = position + 1
    position += 2
  }

  private mutating func code() {
    let start = position
    while position < bytes.count, bytes[position] == UInt8(ascii: "`") { position += 1 }
    let length = position - start
    // A run without a partner stays text.
    guard let end = codeEnds[start] else { return }
    let contentStart = position
    position = start
    flushText()
    var content = bytes[contentStart..<end]
    if content.count > 2, content.first == 0x20, content.last == 0x20 { content = content.dropFirst().dropLast() }
    pieces.append(.code(content))
    position = end + length
    textStart = position
  }

  private mutating func stars() {
    flushText()
    let start = position
    while position < bytes.count, bytes[position] == UInt8(ascii: "*") { position += 1 }
    let canClose = start > 0 && !Self.isSpace(bytes[start - 1])
    let canOpen = position < bytes.count && !Self.isSpace(bytes[position])
    pieces.append(.stars(.init(count: position - start, canOpen: canOpen, canClose: canClose)))
    textStart = position
  }

  /// Makes a link of what stands since the last open bracket, if an address that we link to follows.
  private mutating func closeBracket() {
    guard let opening = brackets.popLast(), let (link, end) = target(after: position + 1) else {
      position += 1
      return
    }
    flushText()
    // The first piece is the text that begins with the bracket itself.
    var label = Array(pieces[opening...])
    if case .text(let text)? = label.first { label[0] = .text(text.dropFirst()) }
    if label.allSatisfy(Self.isBlank) { label = [.text(Array(link.text.utf8)[...])] }
    pieces.removeSubrange(opening...)
    pieces.append(.link(link, label))
    // A link holds no other, so no bracket before it can begin one around it.
    brackets.removeAll(keepingCapacity: true)
    position = end
    textStart = end
  }

  /// The address in parentheses. It may hold one pair of its own, so that a second one ends the search: no byte is
  /// looked at more than a few times.
  private func target(after start: Int) -> (WebLink, end: Int)? {
    guard start < bytes.count, bytes[start] == UInt8(ascii: "(") else { return nil }
    var depth = 1
    var index = start + 1
    while index < bytes.count, index - start <= WebLink.maximumLength, !Self.isSpace(bytes[index]) {
      switch bytes[index] {
      case UInt8(ascii: "("):
        depth += 1
        if depth > 2 { return nil }
      case UInt8(ascii: ")"): depth -= 1
      default: break
      }
      if depth == 0 {
        let text = String(decoding: bytes[(start + 1)..<index], as: UTF8.self)
        return WebLink(text).map { ($0, index + 1) }
      }
      index += 1
    }
    return nil
  }

  /// Whether a label would leave a link without a name.
  private static func isBlank(_ piece: Piece) -> Bool {
    guard case .text(let text) = piece else { return false }
    return String(decoding: text, as: UTF8.self).isBlank
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}
