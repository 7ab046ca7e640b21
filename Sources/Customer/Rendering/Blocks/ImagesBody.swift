extension PageBody {
  /// One picture; nothing when it is there no more.
  func image(_ block: ImageBlock) -> HTML {
    guard let image = context.content.images[block.shot.image] else { return HTML() }
    let picture = Picture(
      image: image, sizes: "(min-width: 44rem) 40rem, 92vw", alternative: block.shot.alternative
    ).html
    guard !picture.isEmpty else { return HTML() }
    // A link is called by the picture in it, or else by its caption.
    let isNamed = !(block.shot.alternative ?? image.alternative).isBlank
    let shown: HTML
    if let url = block.url {
      let name: HTML = isNamed ? HTML() : "\(.label, block.shot.caption ?? url.shortText)"
      shown = "<a\(href: url)\(name)>\(picture)</a>"
    } else {
      shown = picture
    }
    return "<figure class=\"image\">\(shown)\(caption(block.shot))</figure>\n"
  }

  /// Pictures side by side, each leading to itself in full; those that are there no more are left out.
  mutating func gallery(_ block: GalleryBlock) -> HTML {
    let items = block.images.compactMap { item($0) }
    guard !items.isEmpty else { return HTML() }
    return "<section class=\"gallery\">\n\(heading(block.heading))<ul>\n\(items)</ul>\n</section>\n"
  }

  private func item(_ shot: ShownImage) -> HTML? {
    guard let image = context.content.images[shot.image] else { return nil }
    let picture = Picture(
      image: image, sizes: "(min-width: 44rem) 13rem, 46vw", alternative: shot.alternative)
    guard !picture.html.isEmpty else { return nil }
    let isNamed = !(shot.alternative ?? image.alternative).isBlank
    let largest = isNamed ? image.variants.last { $0.format != .webp } ?? image.variants.last : nil
    let shown: HTML = largest.map { "<a\(href: $0.path)>\(picture.html)</a>" } ?? picture.html
    return "<li><figure>\(shown)\(caption(shot))</figure></li>\n"
  }

  private func caption(_ shot: ShownImage) -> HTML {
    guard let caption = shot.caption, !caption.isBlank else { return HTML() }
    return "<figcaption>\(text: caption)</figcaption>"
  }
}
