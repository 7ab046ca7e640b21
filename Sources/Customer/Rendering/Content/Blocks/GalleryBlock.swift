import HTTP

/// Several pictures side by side.
package struct GalleryBlock: Sendable, Equatable {
  package static let maximum = 24

  package var heading: String?
  package var images: [ShownImage]

  package init(heading: String? = nil, images: [ShownImage]) {
    self.heading = heading
    self.images = images
  }
}

extension GalleryBlock {
  init(_ reader: inout ObjectReader) throws {
    heading = reader.text("heading", maximum: 200)
    images = try reader.items("images", maximum: Self.maximum) { ShownImage(&$0) }
  }

  var members: [(String, JSON?)] {
    [("heading", .text(heading)), ("images", .array(images.map { .object(present: $0.members) }))]
  }
}
