import HTTP
package import Services

/// What a page opens with: a big heading, a few words, perhaps a picture and a button.
package struct HeroBlock: Sendable, Equatable {
  package var heading: String
  package var text: String?
  package var image: ImageID?
  package var button: Button?

  /// Where the opening leads on to.
  package struct Button: Sendable, Equatable {
    package var label: String
    package var url: WebLink
  }

  package init(heading: String, text: String? = nil, image: ImageID? = nil, button: Button? = nil) {
    self.heading = heading
    self.text = text
    self.image = image
    self.button = button
  }
}

extension HeroBlock {
  init(_ reader: inout ObjectReader) throws {
    heading = reader.string("heading", minimum: 1, maximum: 200)
    text = reader.text("text", maximum: 600)
    image = reader.image("image")
    guard reader.has("button"), reader.value("button") != .null else { return }
    button =
      try reader.optionalObject("button") { reader in
        let label = reader.string("label", minimum: 1, maximum: 80)
        return reader.link("url").map { Button(label: label, url: $0) }
      } ?? nil
  }

  var members: [(String, JSON?)] {
    [
      ("heading", .string(heading)), ("text", .text(text)), ("image", .text(image?.text)),
      ("button", button.map { ["label": .string($0.label), "url": .string($0.url.text)] }),
    ]
  }
}
