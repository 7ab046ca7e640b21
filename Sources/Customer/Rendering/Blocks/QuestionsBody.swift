extension PageBody {
  /// Questions that open their answers, which needs no script.
  mutating func questions(_ block: QuestionsBlock) -> HTML {
    let title = heading(block.heading)
    let level = title.isEmpty ? 2 : 3
    var items = HTML()
    for item in block.items {
      // The question is a heading, so that headings in its answer stand below it.
      let question = outline.level(level)
      items += """
        <details><summary><h\(question)>\(text: item.question)</h\(question)></summary>
        \(text(item.answer, in: "text"))</details>

        """
    }
    return "<section class=\"faq\">\n\(title)\(items)</section>\n"
  }
}
