internal import CVips
import ImageCoding

/// A picture of the library; it lets go of it when it is not used any more.
///
/// `@safe`: the pointer is owned, valid until `deinit`, and never handed out.
@safe final class VipsPicture {
  private let image: UnsafeMutablePointer<VipsImage>
  /// What it decodes from, which must stay as long as it does.
  private let source: ImageBytes?

  private init(_ image: UnsafeMutablePointer<VipsImage>, _ source: ImageBytes? = nil) {
    unsafe self.image = unsafe image
    self.source = source
  }

  deinit { unsafe vips_unref(image) }

  var width: Int { unsafe Int(vips_image_get_width(image)) }
  var height: Int { unsafe Int(vips_image_get_height(image)) }
  private var bands: Int { unsafe Int(vips_image_get_bands(image)) }

  /// Reads the header only.
  ///
  /// - Parameter shrink: 1, or for JPEG 2, 4 or 8: by how much it is decoded smaller.
  static func open(_ bytes: ImageBytes, shrink: Int = 1) throws(EncodingFailure) -> VipsPicture {
    let opened =
      shrink == 1
      ? unsafe vips_open(bytes.start, bytes.count) : unsafe vips_open_smaller(bytes.start, bytes.count, Int32(shrink))
    guard let image = unsafe opened else { throw .broken }
    return unsafe VipsPicture(image, bytes)
  }

  /// Decodes whole into memory, upright and in the colours of sRGB, at most `width` wide.
  func decoded(width: Int) throws(EncodingFailure) -> VipsPicture {
    let upright = try unsafe VipsPicture.make { unsafe vips_prepare(image, $0, Int32(width)) }
    let coloured = try unsafe VipsPicture.make { unsafe vips_to_srgb(upright.image, $0) }
    // All faults of the file show here: what follows works on what is decoded already.
    guard let memory = unsafe vips_image_copy_memory(coloured.image) else { throw .broken }
    unsafe vips_forget(memory)
    return try unsafe VipsPicture(memory).withoutEmptyTransparency()
  }

  func narrowed(to width: Int) throws(EncodingFailure) -> VipsPicture {
    if width == self.width { return self }
    return try unsafe VipsPicture.make { unsafe vips_narrow(image, $0, Int32(width)) }
  }

  var isTransparent: Bool { bands == 4 }

  /// Drops an alpha band in which nothing is transparent, and whatever bands stand behind colours and alpha.
  private func withoutEmptyTransparency() throws(EncodingFailure) -> VipsPicture {
    guard bands >= 3 else { throw .broken }
    guard bands > 3 else { return self }
    let alpha = try unsafe VipsPicture.make { unsafe vips_bands(image, $0, 3, 1) }
    var smallest = 0.0
    guard unsafe vips_smallest(alpha.image, &smallest) == 0 else { throw .broken }
    let kept: Int32 = smallest < 255 ? 4 : 3
    return try unsafe VipsPicture.make { unsafe vips_bands(image, $0, 0, kept) }
  }

  func encoded(as format: EncodedImage.Format) throws(EncodingFailure) -> [UInt8] {
    var start: UnsafeMutableRawPointer?
    var count = 0
    let result =
      switch format {
      case .webp: unsafe vips_write_webp(image, &start, &count)
      case .jpeg: unsafe vips_write_jpeg(image, &start, &count)
      case .png: unsafe vips_write_png(image, &start, &count)
      }
    guard result == 0, let written = unsafe start else { throw .broken }
    defer { unsafe g_free(written) }
    let bytes = unsafe Array(UnsafeRawBufferPointer(start: written, count: count))
    guard format == .webp else { return bytes }
    guard let plain = WebPContainer.withoutMetadata(bytes) else { throw .internalFault }
    return plain
  }

  private static func make(
    _ operation: (UnsafeMutablePointer<UnsafeMutablePointer<VipsImage>?>) -> Int32
  ) throws(EncodingFailure) -> VipsPicture {
    var made: UnsafeMutablePointer<VipsImage>?
    guard unsafe operation(&made) == 0, let image = unsafe made else { throw .broken }
    return unsafe VipsPicture(image)
  }
}

/// Bytes that stay where they are for as long as the library reads them.
@safe final class ImageBytes {
  let start: UnsafeMutableRawPointer
  let count: Int

  init(_ bytes: [UInt8]) {
    unsafe start = .allocate(byteCount: max(1, bytes.count), alignment: 16)
    count = bytes.count
    unsafe bytes.withUnsafeBytes { source in
      if count > 0 { unsafe start.copyMemory(from: source.baseAddress!, byteCount: count) }
    }
  }

  deinit { unsafe start.deallocate() }
}
