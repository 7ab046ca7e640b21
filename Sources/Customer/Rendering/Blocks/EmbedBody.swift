import HTTP
import Services

extension PageBody {
  /// A place for somebody else's video or map. Nothing comes from there until a visitor agrees: the button needs the
  /// page's script and is hidden without it, the link works always.
  func embed(_ block: EmbedBlock) -> HTML {
    let source = block.source
    let words = EmbedWords(context.language, source.provider)
    let picture = block.image.flatMap { context.content.images[$0] }.map { image -> HTML in
      Picture(image: image, sizes: "(min-width: 44rem) 40rem, 92vw", alternative: "").html
    }
    let page: HTML =
      source.page.map { "<p class=\"more\"><a\(href: $0)>\(text: words.visit)</a></p>\n" } ?? HTML()
    let policy: HTML =
      WebLink(source.provider.privacyPolicy.description).map {
        "<a\(href: $0)>\(text: words.policy)</a>"
      } ?? HTML()
    let kind: HTML = source.provider == .openStreetMap ? "embed map" : "embed"
    return """
      <div class="\(kind)">
      \(picture)
      <div>
      <p class="title">\(text: block.title)</p>
      <p>\(text: words.notice) \(policy)</p>
      <p class="button"><button type="button"\(frame: source)\(.title, block.title) hidden>\(text: words.show)</button></p>
      \(page)</div>
      </div>

      """
  }
}
