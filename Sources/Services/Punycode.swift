/// Letters of all scripts in the ASCII of host names (RFC 3492).
enum Punycode {
  /// A label as DNS knows it: itself when it is ASCII, else `xn--` and its encoding; nil when it is too long for one.
  static func label(_ label: Substring) -> String? {
    let scalars = label.lowercased().unicodeScalars.map(\.value)
    if scalars.allSatisfy({ $0 < 0x80 }) { return String(label) }
    guard scalars.count <= 63 else { return nil }
    let encoded = "xn--" + encode(scalars)
    return encoded.utf8.count <= 63 ? encoded : nil
  }

  /// Section 6.3 of the RFC. At most 63 scalars, so nothing can overflow.
  private static func encode(_ input: [UInt32]) -> String {
    var output = input.filter { $0 < 0x80 }.map { UInt8($0) }
    let basic = output.count
    var handled = basic
    if basic > 0 { output.append(UInt8(ascii: "-")) }
    var (next, delta, bias) = (UInt32(0x80), UInt32(0), UInt32(72))
    while handled < input.count, let smallest = input.filter({ $0 >= next }).min() {
      delta += (smallest - next) * UInt32(handled + 1)
      next = smallest
      for scalar in input {
        if scalar < next { delta += 1 }
        guard scalar == next else { continue }
        appendNumber(delta, bias, to: &output)
        bias = adapted(delta, count: UInt32(handled + 1), isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      next += 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func appendNumber(_ number: UInt32, _ bias: UInt32, to output: inout [UInt8]) {
    var (rest, place) = (number, UInt32(36))
    while true {
      let threshold = place <= bias ? 1 : min(26, place - bias)
      guard rest >= threshold else { break }
      output.append(digit(threshold + (rest - threshold) % (36 - threshold)))
      rest = (rest - threshold) / (36 - threshold)
      place += 36
    }
    output.append(digit(rest))
  }

  private static func adapted(_ delta: UInt32, count: UInt32, isFirst: Bool) -> UInt32 {
    var rest = isFirst ? delta / 700 : delta / 2
    rest += rest / count
    var bias: UInt32 = 0
    while rest > 455 {
      rest /= 35
      bias += 36
    }
    return bias + 36 * rest / (rest + 38)
  }

  private static func digit(_ value: UInt32) -> UInt8 {
    UInt8(value < 26 ? value + 97 : value + 22)
  }
}
