/// A picture on its way to a customer.
package struct ImageUpload {
  /// The longest file, in bytes; nginx's limit for the route is the same.
  package static let maximumBytes = 20 << 20

  package let caller: Caller
  /// What the file is called at its owner's; nil: not said.
  package let name: String?
  /// Reads the file off the connection, once; to be called when there is room for its work.
  package let read: () throws -> (bytes: [UInt8], idempotency: Idempotency?)

  package init(
    caller: Caller, name: String?, read: @escaping () throws -> (bytes: [UInt8], idempotency: Idempotency?)
  ) {
    self.caller = caller
    self.name = name
    self.read = read
  }
}

/// One form of a picture, to be shown to its owner.
package struct ImageFile: Sendable {
  package let bytes: [UInt8]
  /// The value of `Content-Type`.
  package let mediaType: String
  /// Names the content; without quotes.
  package let tag: String

  package init(bytes: [UInt8], mediaType: String, tag: String) {
    self.bytes = bytes
    self.mediaType = mediaType
    self.tag = tag
  }
}

/// Which form of a picture: its width, and the format if not the usual one.
package struct ImageFileName: Sendable, Equatable {
  /// Pixels.
  package let width: Int
  /// `webp`, `jpeg` or `png`.
  package let format: String

  /// Reads `640`, `640.webp` or `960.jpeg`; nil for anything else.
  package init?(_ text: Substring) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let width = Int(parts[0]), "\(width)" == parts[0], (1...99_999).contains(width)
    else { return nil }
    let format = parts.count == 2 ? String(parts[1]) : "webp"
    guard ["webp", "jpeg", "png"].contains(format) else { return nil }
    self.width = width
    self.format = format
  }
}
