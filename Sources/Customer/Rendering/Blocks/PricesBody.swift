extension PageBody {
  mutating func prices(_ block: PricesBlock) -> HTML {
    let rows = block.items.map { item -> HTML in
      let note: HTML =
        item.text.map { $0.isBlank ? HTML() : "<dd class=\"note\">\(text: $0)</dd>" } ?? HTML()
      return "<div><dt>\(text: item.title)</dt><dd class=\"price\">\(text: item.price)</dd>\(note)</div>\n"
    }
    return "<section class=\"prices\">\n\(heading(block.heading))<dl>\n\(rows)</dl>\n</section>\n"
  }
}
