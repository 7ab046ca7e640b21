import CZlib

extension QRCode {
  /// The code as a square PNG of one bit a pixel (W3C PNG, third edition). Its modules are whole pixels, and what is
  /// left over widens the quiet zone.
  ///
  /// - Parameter pixels: of each side; 185 and more hold every code.
  /// - Returns: nil when the code does not fit, or for want of memory.
  package func png(pixels: Int) -> [UInt8]? {
    let scale = pixels / (side + 2 * Self.quietZone)
    guard scale > 0, let data = Self.deflated(rows(pixels, scale)) else { return nil }
    var output: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    // Width, height, bits a sample, grey, and the only methods there are.
    Self.append("IHDR", Self.number(pixels) + Self.number(pixels) + [1, 0, 0, 0, 0], to: &output)
    Self.append("IDAT", data, to: &output)
    Self.append("IEND", [], to: &output)
    return output
  }

  /// The image's rows, each after a byte that says that it is not filtered; a set bit is white.
  private func rows(_ pixels: Int, _ scale: Int) -> [UInt8] {
    let margin = (pixels - side * scale) / 2
    let light = [UInt8](repeating: 0xFF, count: (pixels + 7) / 8)
    var output: [UInt8] = []
    output.reserveCapacity(pixels * (light.count + 1))
    for _ in 0..<margin { output += [0] + light }
    for row in 0..<side {
      var line = light
      for column in 0..<side where isDark(row, column) {
        for pixel in margin + column * scale..<margin + (column + 1) * scale {
          line[pixel / 8] &= ~(0x80 >> (pixel % 8))
        }
      }
      for _ in 0..<scale { output += [0] + line }
    }
    for _ in 0..<pixels - margin - side * scale { output += [0] + light }
    return output
  }

  private static func deflated(_ bytes: [UInt8]) -> [UInt8]? {
    var size = compressBound(UInt(bytes.count))
    let output = unsafe [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, filled in
      let result = unsafe bytes.withUnsafeBufferPointer { input in
        unsafe compress2(buffer.baseAddress, &size, input.baseAddress, UInt(input.count), 9)
      }
      filled = result == Z_OK ? Int(size) : 0
    }
    return output.isEmpty ? nil : output
  }

  /// A chunk: its length, its name, its content, and the check sum of the last two.
  private static func append(_ name: StaticString, _ content: [UInt8], to output: inout [UInt8]) {
    let checked = Array(name.description.utf8) + content
    let sum = unsafe checked.withUnsafeBufferPointer { unsafe crc32(0, $0.baseAddress, UInt32($0.count)) }
    output += number(content.count) + checked + number(Int(sum))
  }

  /// Four bytes, the highest first.
  private static func number(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }
}
