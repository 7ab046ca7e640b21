import HTTP
package import Services

/// What somebody says of the site's owner.
package struct TestimonialBlock: Sendable, Equatable {
  package var quote: String
  package var author: String
  package var role: String?
  package var image: ImageID?

  package init(quote: String, author: String, role: String? = nil, image: ImageID? = nil) {
    self.quote = quote
    self.author = author
    self.role = role
    self.image = image
  }
}

extension TestimonialBlock {
  init(_ reader: inout ObjectReader) {
    quote = reader.string("quote", minimum: 1, maximum: 1000)
    author = reader.string("author", minimum: 1, maximum: 100)
    role = reader.text("role", maximum: 100)
    image = reader.image("image")
  }

  var members: [(String, JSON?)] {
    [
      ("quote", .string(quote)), ("author", .string(author)), ("role", .text(role)), ("image", .text(image?.text)),
    ]
  }
}
