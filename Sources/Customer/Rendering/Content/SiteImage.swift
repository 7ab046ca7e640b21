import HTTP
import Services

/// A picture of the customer's in the forms in which it is published.
package struct SiteImage: Sendable, Equatable {
  /// What it shows, for who does not see it; empty: it only adorns.
  package var alternative: String
  /// Widest last; of each format the same widths, or one width alone.
  package var variants: [Variant]

  /// One form of a picture: a file that is on the volume already.
  package struct Variant: Sendable, Equatable {
    /// Pixels.
    package var width: Int
    package var height: Int
    package var format: Format
    /// SHA-256 of the file, as 64 hexadecimal digits.
    package var blob: String
    /// Bytes.
    package var size: Int

    package init(width: Int, height: Int, format: Format, blob: String, size: Int) {
      self.width = width
      self.height = height
      self.format = format
      self.blob = blob
      self.size = size
    }
  }

  /// The formats in which pictures are published.
  package enum Format: String, Sendable, CaseIterable {
    case webp, jpeg, png

    package var mediaType: String { "image/\(rawValue)" }
  }

  package init(alternative: String, variants: [Variant]) {
    self.alternative = alternative
    self.variants = variants
  }
}

extension SiteImage.Variant {
  var path: SitePath {
    switch format {
    case .webp: .medium(blob: blob, suffix: ".webp")
    case .jpeg: .medium(blob: blob, suffix: ".jpg")
    case .png: .medium(blob: blob, suffix: ".png")
    }
  }
}

extension SiteImage {
  /// The pictures of a snapshot, by id.
  static func all(_ stored: JSON) -> [ImageID: SiteImage] {
    guard case .object(let members) = stored else { return [:] }
    var images: [ImageID: SiteImage] = [:]
    for member in members {
      guard let id = ImageID(member.name) else { continue }
      images[id] = SiteImage(
        alternative: member.value.text("alt"),
        variants: member.value.items("variants").compactMap { Variant(stored: $0) })
    }
    return images
  }
}

extension SiteImage.Variant {
  /// - Returns: nil for what was never stored so.
  fileprivate init?(stored: JSON) {
    guard let width = stored["width"]?.integerValue, let height = stored["height"]?.integerValue,
      let size = stored["size"]?.integerValue, let format = SiteImage.Format(rawValue: stored.text("format")),
      stored.text("blob").utf8.count == 64
    else { return nil }
    self.init(width: Int(width), height: Int(height), format: format, blob: stored.text("blob"), size: Int(size))
  }
}
