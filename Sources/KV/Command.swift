/// A command and its arguments; binary safe.
package struct Command: Sendable {
  /// One part of a command.
  package enum Argument: Sendable, ExpressibleByStringLiteral {
    case text(String)
    case bytes([UInt8])
    case integer(Int)

    package init(stringLiteral value: String) { self = .text(value) }
  }

  let arguments: [Argument]

  /// The command's name and its arguments, in order.
  package init(_ arguments: Argument...) { self.arguments = arguments }

  /// As above, for lists built at run time.
  package init(_ arguments: [Argument]) { self.arguments = arguments }

  /// Appends the command as Redis reads it: an array of length-prefixed strings.
  func encode(into output: inout [UInt8]) {
    Self.appendHeader("*", arguments.count, to: &output)
    for argument in arguments {
      switch argument {
      case .text(let text):
        Self.appendHeader("$", text.utf8.count, to: &output)
        output.append(contentsOf: text.utf8)
      case .bytes(let bytes):
        Self.appendHeader("$", bytes.count, to: &output)
        output.append(contentsOf: bytes)
      case .integer(let number):
        let digits = String(number)
        Self.appendHeader("$", digits.utf8.count, to: &output)
        output.append(contentsOf: digits.utf8)
      }
      output.append(contentsOf: [13, 10])
    }
  }

  private static func appendHeader(_ kind: Unicode.Scalar, _ count: Int, to output: inout [UInt8]) {
    output.append(UInt8(ascii: kind))
    if count < 10 {
      output.append(48 + UInt8(count))
    } else {
      output.append(contentsOf: String(count).utf8)
    }
    output.append(contentsOf: [13, 10])
  }
}
