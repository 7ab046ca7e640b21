extension PageBody {
  /// The opening; at the top of a page its heading is the page's title.
  mutating func hero(_ hero: HeroBlock) -> HTML {
    let isTitle = !hasTitle && page.blocks.first == .hero(hero)
    let heading: HTML = isTitle ? "<h1>\(text: hero.heading)</h1>\n" : outline.heading(2, "\(text: hero.heading)")
    if isTitle { hasTitle = true }
    let lines = (hero.text ?? "").split(whereSeparator: \.isNewline).map(String.init)
    let words: HTML = lines.allSatisfy(\.isBlank) ? HTML() : .lines(lines)
    let button: HTML =
      hero.button.map { "<p class=\"button\"><a\(href: $0.url)>\(text: $0.label)</a></p>\n" } ?? HTML()
    let picture = hero.image.flatMap { context.content.images[$0] }.map { image -> HTML in
      Picture(image: image, sizes: "(min-width: 60rem) 30rem, 92vw", isFirst: isTitle).html
    }
    guard let picture, !picture.isEmpty else {
      return "<section class=\"hero\">\n<div>\n\(heading)\(words)\(button)</div>\n</section>\n"
    }
    return "<section class=\"hero shown\">\n<div>\n\(heading)\(words)\(button)</div>\n\(picture)\n</section>\n"
  }
}
