extension PageBody {
  /// Opening hours by day; days in a row with the same hours are one line.
  mutating func hours(_ block: HoursBlock) -> HTML {
    let words = context.blockWords
    let title = block.heading.flatMap { $0.isBlank ? nil : $0 } ?? words.openingHours
    let rows = runs(block).map { run -> HTML in
      "<div><dt>\(text: name(of: run.days))</dt><dd>\(times(run.spans))</dd></div>\n"
    }
    let note: HTML = block.note.map { .paragraphs([$0]) } ?? HTML()
    return """
      <section class="hours">
      \(outline.heading(2, "\(text: title)"))<dl>
      \(rows)</dl>
      \(note)</section>

      """
  }

  private typealias Run = (days: [HoursBlock.Day], spans: [HoursBlock.Span])

  private func runs(_ block: HoursBlock) -> [Run] {
    var runs: [Run] = []
    for day in HoursBlock.Day.allCases {
      let spans = block.spans(on: day)
      let last = runs.last?.spans ?? []
      let isSame =
        last.count == spans.count && zip(last, spans).allSatisfy { $0.open == $1.open && $0.close == $1.close }
      if isSame, !runs.isEmpty {
        runs[runs.count - 1].days.append(day)
      } else {
        runs.append(([day], spans))
      }
    }
    return runs
  }

  private func name(of days: [HoursBlock.Day]) -> String {
    let words = context.blockWords
    let names = days.compactMap { HoursBlock.Day.allCases.firstIndex(of: $0) }.map { words.weekdays[$0] }
    // Languages that write weekdays small begin a line with a capital all the same.
    guard let first = names.first.map({ $0.prefix(1).uppercased() + $0.dropFirst() }) else { return "" }
    guard let last = names.last, names.count > 1 else { return first }
    return names.count == 2 ? "\(first), \(last)" : first + words.until + last
  }

  private func times(_ spans: [HoursBlock.Span]) -> HTML {
    let words = context.blockWords
    guard !spans.isEmpty else { return "\(text: words.closed)" }
    var output = HTML()
    for (index, span) in spans.enumerated() {
      if index > 0 { output.append(literal: "<br>\n") }
      output += "\(text: span.open.text)–\(text: span.close.text)\(text: words.oClock)"
    }
    return output
  }
}
