import CBrotli
import CZlib

/// Encodings for what is published, made once and served many times.
package enum Compression {
  /// The content in brotli (RFC 7932); nil if that saves less than one part in twenty.
  /// - Parameter quality: 0 to 11.
  package static func brotli(_ content: [UInt8], quality: Int) -> [UInt8]? {
    precondition((0...11).contains(quality))
    var size = BrotliEncoderMaxCompressedSize(content.count)
    guard size > 0 else { return nil }
    let window = max(10, min(22, content.count.bitWidth - content.count.leadingZeroBitCount))
    let encoded = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      let isDone = unsafe content.withUnsafeBufferPointer { input in
        unsafe BrotliEncoderCompress(
          Int32(quality), Int32(window), BROTLI_MODE_TEXT, input.count, input.baseAddress, &size, buffer.baseAddress)
      }
      filled = isDone == 0 ? 0 : size
    }
    return worthwhile(encoded, content)
  }

  /// The content in gzip (RFC 1952), without name or time, so that it depends on nothing else; nil if that saves less
  /// than one part in twenty.
  /// - Parameter level: 1 to 9.
  package static func gzip(_ content: [UInt8], level: Int = 9) -> [UInt8]? {
    precondition((1...9).contains(level))
    var stream = unsafe z_stream()
    // 16 more than the window's bits asks for gzip's frame (zlib.h, deflateInit2).
    guard
      unsafe deflateInit2_(
        &stream, Int32(level), Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { unsafe deflateEnd(&stream) }
    let bound = unsafe Int(deflateBound(&stream, UInt(content.count)))
    let encoded = unsafe [UInt8](unsafeUninitializedCapacity: bound) { buffer, filled in
      let result = unsafe content.withUnsafeBufferPointer { input in
        // zlib only reads through this pointer; its type says otherwise for want of const.
        unsafe stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.avail_in = UInt32(input.count)
        unsafe stream.next_out = buffer.baseAddress
        unsafe stream.avail_out = UInt32(bound)
        return unsafe deflate(&stream, Z_FINISH)
      }
      filled = unsafe result == Z_STREAM_END ? Int(stream.total_out) : 0
    }
    return worthwhile(encoded, content)
  }

  private static func worthwhile(_ encoded: [UInt8], _ content: [UInt8]) -> [UInt8]? {
    encoded.isEmpty || encoded.count * 20 > content.count * 19 ? nil : encoded
  }
}
