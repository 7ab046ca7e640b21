import CQRencode

/// A QR code (ISO/IEC 18004) of error correction level M, which bears a scratch or a fold.
package struct QRCode: Sendable, Equatable {
  /// Modules on each side, the quiet zone left out.
  package let side: Int
  /// Whether a module is dark, row by row.
  let modules: [Bool]

  /// The light border that readers need, in modules (section 6.3.8).
  static let quietZone = 4

  /// - Parameter content: UTF-8.
  /// - Returns: nil when it is empty or does not fit into the largest code.
  package init?(_ content: [UInt8]) {
    guard !content.isEmpty, content.count <= 3000, let input = unsafe QRinput_new2(0, QR_ECLEVEL_M) else { return nil }
    defer { unsafe QRinput_free(input) }
    // Readers guess at what is not ASCII, and some take umlauts for Chinese, unless they are told.
    if content.contains(where: { $0 >= 0x80 }), unsafe QRinput_appendECIheader(input, Self.utf8) != 0 { return nil }
    let isTaken = unsafe content.withUnsafeBufferPointer { bytes in
      unsafe QRinput_append(input, QR_MODE_8, Int32(bytes.count), bytes.baseAddress) == 0
    }
    guard isTaken, let code = unsafe QRcode_encodeInput(input) else { return nil }
    defer { unsafe QRcode_free(code) }
    let side = unsafe Int(code.pointee.width)
    self.side = side
    // The lowest bit is the module; the others tell what it is for (qrencode.h).
    modules = unsafe UnsafeBufferPointer(start: code.pointee.data, count: side * side).map { $0 & 1 == 1 }
  }

  /// The number of UTF-8 among the character sets (AIM ITS/04-023).
  private static let utf8: UInt32 = 26

  func isDark(_ row: Int, _ column: Int) -> Bool { modules[row * side + column] }
}
