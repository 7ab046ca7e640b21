/// A picture in the sizes that fit: the browser takes the smallest that will do, and keeps its place free meanwhile.
struct Picture {
  let image: SiteImage
  /// How wide it is shown, as the `sizes` attribute says it; for example `(min-width: 44rem) 44rem, 100vw`.
  let sizes: String
  /// What it shows here; nil: what its owner wrote with the picture.
  var alternative: String?
  /// Whether it is at the top of a page: what is further down is fetched when it comes near.
  var isFirst = false

  /// Nothing when there is no form of it.
  var html: HTML {
    let fallbacks = image.variants.filter { $0.format != .webp }
    guard let shown = fallbacks.last ?? image.variants.last else { return HTML() }
    let modern = image.variants.filter { $0.format == .webp }
    let loading: HTML = isFirst ? " fetchpriority=\"high\"" : " loading=\"lazy\""
    let fallback: HTML = """
      <img\(src: shown.path)\(widths(fallbacks.isEmpty ? modern : fallbacks)) width="\(shown.width)" height="\(shown.height)"\
      \(.alternative, alternative ?? image.alternative)\(loading) decoding="async">
      """
    guard !modern.isEmpty, !fallbacks.isEmpty else { return fallback }
    return "<picture><source type=\"image/webp\"\(widths(modern))>\(fallback)</picture>"
  }

  private func widths(_ variants: [SiteImage.Variant]) -> HTML {
    guard !variants.isEmpty else { return HTML() }
    return "\(srcset: variants.map { ($0.path, $0.width) })\(.sizes, sizes)"
  }
}
