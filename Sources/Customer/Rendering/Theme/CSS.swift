/// Style rules that are safe to send: its literals are `StaticString`, so they can only be written by us, and what a
/// customer chose enters as a value of a type that has nothing but safe texts: a colour, a number, one of our paths.
struct CSS: Sendable, ExpressibleByStringInterpolation {
  private(set) var text: String

  init() {
    text = ""
  }

  /// - Parameter source: CSS in which the ends of lines carry no meaning; they, indentation and lines that begin a
  ///   comment are dropped.
  init(_ source: StaticString) {
    text = source.description.split(separator: "\n").map { $0.drop { $0 == " " } }
      .filter { !$0.hasPrefix("/*") }.joined()
  }

  init(stringLiteral value: StaticString) {
    self.init(value)
  }

  init(stringInterpolation: Interpolation) {
    text = stringInterpolation.text
  }

  static func += (left: inout CSS, right: CSS) {
    left.text += right.text
  }

  struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: StaticString) {
      text += literal.description
    }

    mutating func appendInterpolation(_ rules: CSS) {
      text += rules.text
    }

    mutating func appendInterpolation(_ value: StaticString) {
      text += value.description
    }

    mutating func appendInterpolation(_ number: Int) {
      text += String(number)
    }

    mutating func appendInterpolation(_ color: Color) {
      text += color.text
    }

    mutating func appendInterpolation(_ path: SitePath) {
      text += path.text
    }
  }
}
