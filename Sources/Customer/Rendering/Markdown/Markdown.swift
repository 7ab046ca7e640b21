/// The Markdown subset in which customers write: paragraphs, line breaks, bold, italic, code, links, lists, quotes,
/// headings. Everything else, HTML above all, is text.
///
/// Takes time in proportion to the text: nesting is bounded and each byte is looked at a bounded number of times.
struct Markdown {
  /// The level that headings in a text ask for.
  enum Headings {
    /// Every heading is one of a part of a page.
    case subsection
    /// `#` stands below the page's title, `##` below that, and so on.
    case document
  }

  /// Lists and quotes deeper than this are text.
  private static let maximumDepth = 4

  private typealias Line = ArraySlice<UInt8>

  private let headings: Headings
  private var outline: HeadingOutline
  private var output = HTML()

  /// The text as markup.
  static func render(_ text: String, _ headings: Headings, outline: inout HeadingOutline) -> HTML {
    var markdown = Markdown(headings: headings, outline: outline)
    markdown.blocks(lines(text)[...], depth: 0)
    outline = markdown.outline
    return markdown.output
  }

  private init(headings: Headings, outline: HeadingOutline) {
    self.headings = headings
    self.outline = outline
  }

  private static func lines(_ text: String) -> [Line] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if byte == newline, bytes.last == carriageReturn { bytes.removeLast() }
      bytes.append(byte)
    }
    return bytes.split(omittingEmptySubsequences: false) { $0 == newline || $0 == carriageReturn }
      .map { $0.trimmingEnd() }
  }

  private mutating func blocks(_ lines: ArraySlice<Line>, depth: Int, isTight: Bool = false) {
    var rest = lines
    while let line = rest.first {
      if line.isEmpty {
        rest = rest.dropFirst()
      } else if let heading = Self.heading(line) {
        let level = headings == .subsection ? 3 : heading.level + 1
        var text = HTML()
        MarkdownInline.write([heading.text], to: &text)
        output += outline.heading(level, text)
        rest = rest.dropFirst()
      } else if depth < Self.maximumDepth, Self.quoted(line) != nil {
        let quoted = rest.prefix { Self.quoted($0) != nil }
        rest = rest.dropFirst(quoted.count)
        output.append(literal: "<blockquote>\n")
        blocks(quoted.compactMap(Self.quoted)[...], depth: depth + 1)
        output.append(literal: "</blockquote>\n")
      } else if depth < Self.maximumDepth, let marker = MarkdownListMarker(line) {
        rest = list(rest, marker, depth: depth)
      } else {
        rest = paragraph(rest, depth: depth, isBare: isTight)
      }
    }
  }

  private mutating func paragraph(_ lines: ArraySlice<Line>, depth: Int, isBare: Bool) -> ArraySlice<Line> {
    let others = lines.dropFirst().prefix { !$0.isEmpty && !Self.interrupts($0, depth: depth) }
    let text = lines.prefix(1 + others.count)
    if !isBare { output.append(literal: "<p>") }
    MarkdownInline.write(text, to: &output)
    if !isBare { output.append(literal: "</p>\n") }
    return lines.dropFirst(1 + others.count)
  }

  /// Reads a list's items; gives back what follows the list.
  private mutating func list(_ lines: ArraySlice<Line>, _ first: MarkdownListMarker, depth: Int) -> ArraySlice<Line> {
    var rest = lines
    output += first.opening
    while let line = rest.first, let marker = MarkdownListMarker(line), marker.isOrdered == first.isOrdered {
      var item = [line.dropFirst(marker.width)]
      var isTight = true
      rest = rest.dropFirst()
      while let next = rest.first {
        if next.isEmpty {
          // Only an indented line continues an item after empty ones; empty lines between items belong to none.
          let following = rest.drop { $0.isEmpty }
          guard let after = following.first, after.indent >= 2 else { break }
          isTight = false
          item.append([])
          rest = following
          continue
        } else if next.indent >= 2 {
          item.append(next.dropFirst(min(next.indent, marker.width)))
        } else if item.last?.isEmpty == false, MarkdownListMarker(next)?.isOrdered != first.isOrdered,
          !Self.interrupts(next, depth: depth)
        {
          item.append(next)
        } else {
          break
        }
        rest = rest.dropFirst()
      }
      output.append(literal: "<li>")
      blocks(item[...], depth: depth + 1, isTight: isTight)
      output.append(literal: "</li>\n")
      let following = rest.drop { $0.isEmpty }
      if let next = following.first, MarkdownListMarker(next)?.isOrdered == first.isOrdered { rest = following }
    }
    output += first.closing
    return rest
  }

  /// Whether a line ends the paragraph before it. A number does so only as `1.`, because a date may begin a line.
  private static func interrupts(_ line: Line, depth: Int) -> Bool {
    if heading(line) != nil { return true }
    guard depth < maximumDepth else { return false }
    return quoted(line) != nil || MarkdownListMarker(line).map { !$0.isOrdered || $0.number == 1 } ?? false
  }

  private static func heading(_ line: Line) -> (level: Int, text: Line)? {
    let level = line.prefix(7).prefix { $0 == UInt8(ascii: "#") }.count
    let rest = line.dropFirst(level)
    guard (1...6).contains(level), rest.first == space, !rest.trimmingStart().isEmpty else { return nil }
    return (level, rest.trimmingStart())
  }

  /// What a line of a quotation holds.
  private static func quoted(_ line: Line) -> Line? {
    let content = line.trimmingStart()
    guard content.first == UInt8(ascii: ">") else { return nil }
    let text = content.dropFirst()
    return text.first == space ? text.dropFirst() : text
  }
}

private let newline: UInt8 = 0x0A
private let carriageReturn: UInt8 = 0x0D
private let space: UInt8 = 0x20

extension ArraySlice<UInt8> {
  /// The number of spaces and tabs at the start, up to a few.
  var indent: Int { prefix(8).prefix { $0 == 0x20 || $0 == 0x09 }.count }

  func trimmingStart() -> ArraySlice<UInt8> {
    drop { $0 == 0x20 || $0 == 0x09 }
  }

  func trimmingEnd() -> ArraySlice<UInt8> {
    let end = lastIndex { $0 != 0x20 && $0 != 0x09 }
    return self[startIndex..<(end.map { $0 + 1 } ?? startIndex)]
  }
}
