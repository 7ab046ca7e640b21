package import ImageCoding

/// Makes of a stranger's picture those that visitors get.
package enum ImageEncoding {
  /// Decodes a picture and writes it anew in its sizes: nothing of the file itself remains, no place, no camera, no
  /// second content behind the first one. Of what moves the first picture is taken.
  ///
  /// ``PictureLibrary/start(for:)`` comes first.
  package static func encode(_ bytes: [UInt8], _ kind: PictureKind) throws(EncodingFailure) -> EncodedImage {
    let source = ImageBytes(bytes)
    let header = try VipsPicture.open(source)
    // Before anything is decoded: a few kilobytes may claim to be gigapixels.
    guard header.width <= ImageLimits.side, header.height <= ImageLimits.side,
      header.width * header.height <= ImageLimits.pixels
    else { throw .tooManyPixels }
    let most = ImageLimits.widths.last ?? 1
    let shrink = kind == .jpeg ? shrink(from: min(header.width, header.height), to: most) : 1
    let largest = try (shrink == 1 ? header : VipsPicture.open(source, shrink: shrink)).decoded(width: most)
    var variants: [EncodedImage.Variant] = []
    for width in ImageLimits.widths(of: largest.width) {
      variants.append(try variant(largest.narrowed(to: width), .webp))
    }
    let fallback = try largest.narrowed(to: min(largest.width, ImageLimits.fallbackWidth))
    variants.append(try variant(fallback, fallback.isTransparent ? .png : .jpeg))
    return EncodedImage(variants: variants)
  }

  /// By how much a JPEG may be decoded smaller and still be larger than what is wanted, whichever way it is turned.
  private static func shrink(from side: Int, to wanted: Int) -> Int {
    [8, 4, 2].first { side / $0 >= wanted } ?? 1
  }

  private static func variant(
    _ picture: VipsPicture, _ format: EncodedImage.Format
  ) throws(EncodingFailure) -> EncodedImage.Variant {
    EncodedImage.Variant(
      width: picture.width, height: picture.height, format: format, bytes: try picture.encoded(as: format))
  }
}
