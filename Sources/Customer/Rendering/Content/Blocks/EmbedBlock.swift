import HTTP
package import Services

/// A video or a map of somebody else's, which is loaded only when a visitor agrees.
package struct EmbedBlock: Sendable, Equatable {
  package var source: EmbedSource
  /// The address as it was given, kept for who edits it.
  package var url: WebLink
  package var title: String
  /// What is shown until a visitor agrees; never the provider's own picture, which would have to be asked for.
  package var image: ImageID?

  package init?(provider: EmbedProvider, url: WebLink, title: String, image: ImageID? = nil) {
    guard let source = EmbedSource(provider, url) else { return nil }
    self.source = source
    self.url = url
    self.title = title
    self.image = image
  }
}

extension EmbedBlock {
  init?(_ reader: inout ObjectReader) {
    let provider = reader.optionalCase("provider", EmbedProvider.self)
    if !reader.has("provider") { reader.refuse("provider", .required) }
    let url = reader.link("url")
    title = reader.string("title", minimum: 1, maximum: 120)
    image = reader.image("image")
    guard let provider, let url else { return nil }
    guard let source = EmbedSource(provider, url) else {
      reader.refuse("url", .invalid)
      return nil
    }
    self.source = source
    self.url = url
  }

  var members: [(String, JSON?)] {
    [
      ("provider", .string(source.provider.rawValue)), ("url", .string(url.text)), ("title", .string(title)),
      ("image", .text(image?.text)),
    ]
  }
}
