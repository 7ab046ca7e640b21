/// A host's name in lower case and without a port: labels of letters, digits and inner hyphens, joined by dots
/// (RFC 1123; internationalised names in their ASCII form).
package struct HostName: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// Takes upper case too; nil for a text that is no such name.
  package init?(_ text: String) {
    var labelBytes = 0
    var total = 0
    var last = UInt8(ascii: ".")
    var hasUpperCase = false
    for byte in text.utf8 {
      total += 1
      switch byte {
      case UInt8(ascii: "."):
        // A label is not empty and ends in a letter or digit.
        guard labelBytes > 0, last != UInt8(ascii: "-") else { return nil }
        labelBytes = 0
      case UInt8(ascii: "-"):
        guard labelBytes > 0 else { return nil }
        labelBytes += 1
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        labelBytes += 1
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        labelBytes += 1
        hasUpperCase = true
      default:
        return nil
      }
      last = byte
      guard labelBytes <= 63, total <= 253 else { return nil }
    }
    guard labelBytes > 0, last != UInt8(ascii: "-") else { return nil }
    // Nothing but ASCII is left here, so this changes no other character into a letter.
    description = hasUpperCase ? text.lowercased() : text
  }
}
