/// Gives headings their levels, so that a page has one `h1` and skips none, whatever levels its parts ask for.
struct HeadingOutline {
  /// The headings that are open, the title first; the asked level and the given one.
  private var open = [(asked: 1, given: 1)]

  /// The level for a heading that asks for `asked` (2 or more): one below the nearest heading that asked for less.
  mutating func level(_ asked: Int) -> Int {
    while let last = open.last, open.count > 1, last.asked >= asked { open.removeLast() }
    let given = min((open.last?.given ?? 1) + 1, 6)
    open.append((asked, given))
    return given
  }

  /// The heading of that level.
  mutating func heading(_ asked: Int, _ content: HTML) -> HTML {
    let level = level(asked)
    return "<h\(level)>\(content)</h\(level)>\n"
  }
}
