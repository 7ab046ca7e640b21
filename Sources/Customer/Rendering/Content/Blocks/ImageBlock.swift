import HTTP
package import Services

/// A picture, perhaps with words below it and an address behind it.
package struct ImageBlock: Sendable, Equatable {
  package var shot: ShownImage
  package var url: WebLink?

  package init(shot: ShownImage, url: WebLink? = nil) {
    self.shot = shot
    self.url = url
  }
}

/// A picture at one place of a page.
package struct ShownImage: Sendable, Equatable {
  package var image: ImageID
  /// What it shows here; nil: what its owner wrote with the picture.
  package var alternative: String?
  package var caption: String?

  package init(image: ImageID, alternative: String? = nil, caption: String? = nil) {
    self.image = image
    self.alternative = alternative
    self.caption = caption
  }
}

extension ShownImage {
  init?(_ reader: inout ObjectReader) {
    let image = reader.requiredImage("image")
    alternative = reader.text("alt", maximum: 300)
    caption = reader.text("caption", maximum: 300)
    guard let image else { return nil }
    self.image = image
  }

  var members: [(String, JSON?)] {
    [("image", .string(image.text)), ("alt", .text(alternative)), ("caption", .text(caption))]
  }
}

extension ImageBlock {
  init?(_ reader: inout ObjectReader) {
    let shot = ShownImage(&reader)
    url = reader.optionalLink("url")
    guard let shot else { return nil }
    self.shot = shot
  }

  var members: [(String, JSON?)] {
    shot.members + [("url", .text(url?.text))]
  }
}
