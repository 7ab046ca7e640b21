extension PageBody {
  /// The ways to the legal pages that the site has.
  var legal: HTML {
    let words = context.words
    let pages = [(context.imprintPath, words.imprint), (context.privacyPath, words.privacy)]
    let items = pages.compactMap { path, label in path.map { "<li><a\(href: $0)>\(text: label)</a></li>\n" as HTML } }
    guard !items.isEmpty else { return HTML() }
    return "<nav class=\"legal-links\"\(.label, words.legal)><ul>\n\(items)</ul></nav>\n"
  }
}
