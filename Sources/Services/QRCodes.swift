/// What a QR code can be made of.
package enum QRKind: String, Sendable, CaseIterable {
  case page, link, vcard
  case shortLink = "short_link"
}

/// The forms in which a QR code is given out.
package enum QRFormat: String, Sendable, CaseIterable {
  case svg, png

  package var mediaType: String {
    switch self {
    case .svg: "image/svg+xml"
    case .png: "image/png"
    }
  }
}

/// A file to be downloaded.
package struct NamedFile: Sendable {
  package let bytes: [UInt8]
  package let mediaType: String
  /// ASCII letters, digits, dots and hyphens.
  package let name: String
  /// A strong entity tag, with its quotes.
  package let entityTag: String

  package init(bytes: [UInt8], mediaType: String, name: String, entityTag: String) {
    self.bytes = bytes
    self.mediaType = mediaType
    self.name = name
    self.entityTag = entityTag
  }
}
