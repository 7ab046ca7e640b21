internal import CVips
package import ImageCoding

/// Draws the picture of a page: its title on the colours of its theme, beside a picture if there is one.
///
/// ``PictureLibrary/start(for:)`` comes first.
package struct CardDrawing {
  private static let margin = 72
  private static let pictureWidth = 420
  private static let stripe = 16
  /// Pixels, the first that fits is taken.
  private static let sizes = [84, 72, 60, 50, 42, 36]
  private static let titleTop = 150
  private static let titleHeight = 330

  private let order: CardOrder
  private var canvas: VipsPicture

  /// Draws the words, which needs fonts from the disk; ``finished()`` does the rest.
  package init(_ order: CardOrder) throws(EncodingFailure) {
    self.order = order
    canvas = try Self.area(CardOrder.width, CardOrder.height, order.ground)
    try put(Self.area(72, 10, order.accent), Self.margin, Self.titleTop - 42)
    if let title = try title() { try paint(title, order.title, order.ink, y: Self.titleTop) }
    if let site = try text(order.site, "30", VIPS_TEXT_WRAP_NONE)?.cut(to: textWidth, 44) {
      try paint(site, order.site, order.ink, y: CardOrder.height - Self.stripe - Self.margin / 2 - site.height)
    }
    guard let memory = unsafe vips_image_copy_memory(canvas.image) else { throw .internalFault }
    canvas = unsafe VipsPicture(memory)
  }

  /// Puts the picture in its place and writes the card.
  package mutating func finished() throws(EncodingFailure) -> EncodedImage {
    if let bytes = order.picture {
      let opened = try VipsPicture.open(ImageBytes(bytes))
      let filled = try unsafe VipsPicture.make {
        unsafe vips_fill(opened.image, $0, Int32(Self.pictureWidth), Int32(CardOrder.height))
      }
      try put(filled.backed(order.ground), CardOrder.width - Self.pictureWidth, 0)
    }
    try put(Self.area(CardOrder.width, Self.stripe, order.accent), 0, CardOrder.height - Self.stripe)
    guard let memory = unsafe vips_image_copy_memory(canvas.image) else { throw .broken }
    unsafe vips_forget(memory)
    let whole = unsafe VipsPicture(memory)
    return EncodedImage(variants: [
      .init(width: CardOrder.width, height: CardOrder.height, format: .jpeg, bytes: try whole.encoded(as: .jpeg))
    ])
  }

  private var textWidth: Int {
    CardOrder.width - 2 * Self.margin - (order.picture == nil ? 0 : Self.pictureWidth - Self.margin / 2)
  }

  /// The title as large as there is room, with its words whole if that can be; what is too long even so is cut off.
  private func title() throws(EncodingFailure) -> VipsPicture? {
    var smallest: VipsPicture?
    for wrap in [VIPS_TEXT_WRAP_WORD, VIPS_TEXT_WRAP_WORD_CHAR] {
      for size in Self.sizes {
        guard let mask = try text(order.title, "Bold \(size)", wrap) else { return nil }
        if mask.height <= Self.titleHeight, mask.width <= textWidth { return mask }
        smallest = mask
      }
    }
    return try smallest?.cut(to: textWidth, Self.titleHeight)
  }

  private func text(
    _ text: String, _ style: String, _ wrap: VipsTextWrap
  ) throws(EncodingFailure) -> VipsPicture? {
    guard text.contains(where: { !$0.isWhitespace }) else { return nil }
    let width = Int32(textWidth)
    return try unsafe VipsPicture.make {
      unsafe vips_write_text($0, Self.escaped(text), "DejaVu Sans \(style)", width, wrap)
    }
  }

  /// Text in Pango's markup.
  static func escaped(_ text: String) -> String {
    // By scalars: a sign with an accent of its own would be another character.
    text.unicodeScalars.reduce(into: "") { output, scalar in
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      default: output.unicodeScalars.append(scalar)
      }
    }
  }

  private mutating func paint(
    _ mask: VipsPicture, _ text: String, _ color: String, y: Int
  ) throws(EncodingFailure) {
    let x = Self.margin + (Self.runsLeft(text) ? max(0, textWidth - mask.width) : 0)
    let paint = try Self.area(CardOrder.width, CardOrder.height, color)
    let ground = canvas
    canvas = try unsafe VipsPicture.make {
      unsafe vips_paint(ground.image, mask.image, paint.image, $0, Int32(x), Int32(y))
    }
  }

  private mutating func put(_ piece: VipsPicture, _ x: Int, _ y: Int) throws(EncodingFailure) {
    let ground = canvas
    canvas = try unsafe VipsPicture.make { unsafe vips_put(ground.image, piece.image, $0, Int32(x), Int32(y)) }
  }

  /// Whether the first letter that has a direction is one of those that are written from right to left.
  private static func runsLeft(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first(where: { $0.properties.isAlphabetic })?.value else { return false }
    // Hebrew, Arabic and their neighbours, and the forms of their letters for presentation.
    return (0x0590...0x08FF).contains(first) || (0xFB1D...0xFDFF).contains(first) || (0xFE70...0xFEFF).contains(first)
  }

  static func area(_ width: Int, _ height: Int, _ color: String) throws(EncodingFailure) -> VipsPicture {
    let (red, green, blue) = parts(color)
    return try unsafe VipsPicture.make { unsafe vips_area($0, Int32(width), Int32(height), red, green, blue) }
  }

  /// `#rrggbb` in numbers of 0 to 255.
  static func parts(_ color: String) -> (Double, Double, Double) {
    let number = Int(color.dropFirst(), radix: 16) ?? 0
    return (Double(number >> 16 & 255), Double(number >> 8 & 255), Double(number & 255))
  }
}

extension VipsPicture {
  fileprivate func cut(to width: Int, _ height: Int) throws(EncodingFailure) -> VipsPicture {
    if self.height <= height, self.width <= width { return self }
    let size = (Int32(min(width, self.width)), Int32(min(height, self.height)))
    return try unsafe VipsPicture.make { unsafe vips_cut(image, $0, size.0, size.1) }
  }

  /// Without transparency, on a colour.
  func backed(_ color: String) throws(EncodingFailure) -> VipsPicture {
    guard isTransparent else { return self }
    let (red, green, blue) = CardDrawing.parts(color)
    return try unsafe VipsPicture.make { unsafe vips_back(image, $0, red, green, blue) }
  }
}
