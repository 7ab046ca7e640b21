import HTTP

extension PageBody {
  /// The days that are left at the moment for which the page is made.
  mutating func countdown(_ block: CountdownBlock) -> HTML {
    let words = context.blockWords
    let now = context.content.moment
    let rest: HTML
    if now >= block.moment {
      let done = block.done.flatMap { $0.isBlank ? nil : $0 } ?? words.past
      rest = "<p class=\"left\">\(text: done)</p>\n"
    } else {
      switch block.days(from: now) {
      case 0: rest = "<p class=\"left\"><b>\(text: words.today)</b></p>\n"
      case 1: rest = "<p class=\"left\"><b>1</b> \(text: words.day)</p>\n"
      case let days: rest = "<p class=\"left\"><b>\(days)</b> \(text: words.days)</p>\n"
      }
    }
    let date = words.date(BerlinTime(block.moment))
    return """
      <section class="countdown">
      \(outline.heading(2, "\(text: block.heading)"))\(rest)\
      <p><time\(.moment, block.moment.rfc3339)>\(text: date)</time></p>
      </section>

      """
  }
}
