/// What a picture may be, and what is made of it: for whoever takes it, and for the encoder.
package enum ImageLimits {
  /// The longest file, in bytes.
  package static let fileBytes = 20 << 20
  /// The longest side, in pixels.
  package static let side = 12_000
  /// The most pixels, which are 200 MB when they are decoded.
  package static let pixels = 50_000_000
  /// The widths for phones and desktops; none is larger than the picture itself.
  package static let widths = [320, 640, 960, 1280, 1920]
  /// The width for browsers that know JPEG and PNG only.
  package static let fallbackWidth = 960
  /// How long encoding may take, in milliseconds: nginx waits for 20 seconds.
  package static let milliseconds = 15_000
  /// The longest report of an encoder, in bytes.
  package static let reportBytes = 64 << 20

  /// The widths to make of a picture: those below its own, and its own unless there is a larger one.
  package static func widths(of width: Int) -> [Int] {
    let smaller = widths.filter { $0 < width }
    return smaller.count < widths.count ? smaller + [min(width, widths[smaller.count])] : smaller
  }
}
