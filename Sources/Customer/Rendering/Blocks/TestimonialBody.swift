extension PageBody {
  func testimonial(_ block: TestimonialBlock) -> HTML {
    let picture = block.image.flatMap { context.content.images[$0] }.map { image -> HTML in
      // The name stands beside it.
      Picture(image: image, sizes: "3.5rem", alternative: "").html
    }
    let role: HTML = block.role.map { $0.isBlank ? HTML() : "<small>\(text: $0)</small>" } ?? HTML()
    let quote = HTML.paragraphs(block.quote.split(whereSeparator: \.isNewline).map(String.init))
    return """
      <figure class="testimonial">
      <blockquote>
      \(quote)</blockquote>
      <figcaption>\(picture)<span><b>\(text: block.author)</b> \(role)</span></figcaption>
      </figure>

      """
  }
}
