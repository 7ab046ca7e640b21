internal import CVips
package import ImageCoding

/// Draws a site's icon: its picture, or letters on a plain ground. Square to its corners: who shows it rounds them.
///
/// ``PictureLibrary/start(for:)`` comes first.
package struct IconDrawing {
  private let order: IconOrder
  private var canvas: VipsPicture

  /// Draws the letters, which needs fonts from the disk; ``finished()`` does the rest.
  package init(_ order: IconOrder) throws(EncodingFailure) {
    self.order = order
    canvas = try CardDrawing.area(order.side, order.side, order.ground)
    guard order.picture == nil, order.letters.contains(where: { !$0.isWhitespace }) else { return }
    let size = order.letters.count > 1 ? order.side * 38 / 100 : order.side / 2
    let text = CardDrawing.escaped(order.letters)
    let mask = try unsafe VipsPicture.make {
      unsafe vips_write_text($0, text, "DejaVu Sans Bold \(size)", 0, VIPS_TEXT_WRAP_NONE)
    }
    // A letter of another script may be wider than it should.
    guard mask.width <= order.side, mask.height <= order.side else { return }
    let paint = try CardDrawing.area(order.side, order.side, order.ink)
    let (ground, x, y) = (canvas, (order.side - mask.width) / 2, (order.side - mask.height) / 2)
    canvas = try unsafe VipsPicture.make {
      unsafe vips_paint(ground.image, mask.image, paint.image, $0, Int32(x), Int32(y))
    }
    guard let memory = unsafe vips_image_copy_memory(canvas.image) else { throw .internalFault }
    canvas = unsafe VipsPicture(memory)
  }

  /// Puts the picture in its place and writes the icon.
  package mutating func finished() throws(EncodingFailure) -> EncodedImage {
    if let bytes = order.picture {
      let opened = try VipsPicture.open(ImageBytes(bytes))
      let side = Int32(order.side)
      canvas = try unsafe VipsPicture.make { unsafe vips_fill(opened.image, $0, side, side) }.backed(order.ground)
    }
    guard let memory = unsafe vips_image_copy_memory(canvas.image) else { throw .broken }
    unsafe vips_forget(memory)
    let whole = unsafe VipsPicture(memory)
    return EncodedImage(variants: [
      .init(width: order.side, height: order.side, format: .png, bytes: try whole.encoded(as: .png))
    ])
  }
}
