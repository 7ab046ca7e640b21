/// Parameters of a request in Stripe's nested form encoding: `items[0][price]=price_1`.
package struct Form: Sendable, ExpressibleByDictionaryLiteral {
  private var pairs: [(String, String)]

  package init(dictionaryLiteral elements: (String, String?)...) {
    pairs = elements.compactMap { name, value in value.map { (name, $0) } }
  }

  package init() {
    pairs = []
  }

  /// Adds a parameter; nil adds nothing.
  package mutating func add(_ name: String, _ value: String?) {
    if let value { pairs.append((name, value)) }
  }

  /// The encoded form (application/x-www-form-urlencoded).
  package var text: String {
    pairs.map { "\(Self.encoded($0.0, keeping: "[]"))=\(Self.encoded($0.1))" }.joined(separator: "&")
  }

  private static func encoded(_ text: String, keeping kept: String = "") -> String {
    var output = ""
    let hexadecimal = Array("0123456789ABCDEF")
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        output.unicodeScalars.append(Unicode.Scalar(byte))
      case let byte where kept.utf8.contains(byte): output.unicodeScalars.append(Unicode.Scalar(byte))
      default: output += "%" + String(hexadecimal[Int(byte >> 4)]) + String(hexadecimal[Int(byte & 15)])
      }
    }
    return output
  }
}
