/// A colour of sRGB with eight bits a channel, as CSS writes it: `#1f5c50`.
package struct Color: Hashable, Sendable {
  let red: UInt8
  let green: UInt8
  let blue: UInt8

  static let black = Color(0x000000)
  static let white = Color(0xFFFFFF)

  /// - Parameter code: the three channels as one number, for example `0x1F5C50`.
  init(_ code: UInt32) {
    red = UInt8(truncatingIfNeeded: code >> 16)
    green = UInt8(truncatingIfNeeded: code >> 8)
    blue = UInt8(truncatingIfNeeded: code)
  }

  init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Reads a number sign and six hexadecimal digits; nil for anything else.
  package init?(_ text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 7, digits[0] == UInt8(ascii: "#") else { return nil }
    var code: UInt32 = 0
    for digit in digits.dropFirst() {
      guard let value = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
      code = code << 4 | UInt32(value)
    }
    self.init(code)
  }

  /// A number sign and six lower-case hexadecimal digits.
  package var text: String {
    let digits = Array("0123456789abcdef".utf8)
    let bytes = [red, green, blue].flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return "#" + String(decoding: bytes, as: UTF8.self)
  }
}
