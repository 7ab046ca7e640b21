import Services

/// Pairs runs of stars: `*italic*`, `**bold**`, `***both***`. At most one of each is open at a time, so nesting is
/// bounded; stars without a partner stay stars.
struct MarkdownEmphasis {
  /// Stars in a row, and what the characters around them let them be.
  struct Run {
    let count: Int
    let canOpen: Bool
    let canClose: Bool
  }

  private enum Kind {
    case strong, italic

    var width: Int { self == .strong ? 2 : 1 }
  }

  private enum Event {
    case piece(MarkdownInline.Piece)
    case open(Kind)
    case close(Kind)
    case stars(Int)
  }

  private var events: [Event] = []
  /// What is open, outermost first, and where in `events`.
  private var open: [(kind: Kind, index: Int)] = []

  static func write(_ pieces: [MarkdownInline.Piece], to output: inout HTML) {
    var emphasis = MarkdownEmphasis()
    for piece in pieces {
      if case .stars(let run) = piece { emphasis.take(run) } else { emphasis.events.append(.piece(piece)) }
    }
    emphasis.abandon(downTo: 0)
    for event in emphasis.events { write(event, to: &output) }
  }

  private mutating func take(_ run: Run) {
    var count = run.count
    if run.canClose, count <= 3 {
      while let kind = closable(count), close(kind) { count -= kind.width }
    }
    if run.canOpen, run.count <= 3 {
      for kind in [Kind.strong, .italic] where count >= kind.width && !isOpen(kind) {
        open.append((kind, events.count))
        events.append(.open(kind))
        count -= kind.width
      }
    }
    if count > 0 { events.append(.stars(count)) }
  }

  private func isOpen(_ kind: Kind) -> Bool {
    open.contains { $0.kind == kind }
  }

  private func closable(_ count: Int) -> Kind? {
    switch count {
    case 1: .italic
    case 2: .strong
    case 3: open.last?.kind
    default: nil
    }
  }

  /// Closes what is open of that kind. What was opened inside it and not closed is stars.
  private mutating func close(_ kind: Kind) -> Bool {
    guard let position = open.firstIndex(where: { $0.kind == kind }) else { return false }
    if open.count == 2, position == 0, open[1].index == open[0].index + 1 {
      // Both come from one run of three: either may be the inner one.
      open = [(open[1].kind, open[0].index), (open[0].kind, open[1].index)]
      for (kind, index) in open { events[index] = .open(kind) }
    } else {
      abandon(downTo: position + 1)
    }
    open.removeLast()
    events.append(.close(kind))
    return true
  }

  private mutating func abandon(downTo count: Int) {
    while open.count > count {
      let last = open.removeLast()
      events[last.index] = .stars(last.kind.width)
    }
  }

  private static func write(_ event: Event, to output: inout HTML) {
    switch event {
    case .open(let kind): output.append(literal: kind == .strong ? "<strong>" : "<em>")
    case .close(let kind): output.append(literal: kind == .strong ? "</strong>" : "</em>")
    case .stars(let count): for _ in 0..<count { output.append(literal: "*") }
    case .piece(.text(let text)): write(text, to: &output)
    case .piece(.code(let code)):
      output.append(literal: "<code>")
      output.append(text: code)
      output.append(literal: "</code>")
    case .piece(.link(let link, let label)):
      output += "<a\(href: link)>"
      write(label, to: &output)
      output.append(literal: "</a>")
    case .piece(.stars): break
    }
  }

  private static func write(_ text: ArraySlice<UInt8>, to output: inout HTML) {
    var rest = text
    while let end = rest.firstIndex(of: 0x0A) {
      output.append(text: rest[..<end])
      output.append(literal: "<br>\n")
      rest = rest[(end + 1)...]
    }
    output.append(text: rest)
  }
}
