/// A published version's name: up to 64 lower-case letters, digits and inner hyphens; unique within its site, and never
/// used for other content.
package struct VersionName: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// Nil for a text that is no such name.
  package init?(_ text: String) {
    guard PathName.isLabel(text, limit: 64) else { return nil }
    description = text
  }
}

extension VersionName {
  /// Reads the content of a pointer: the name and a newline.
  init?(pointer bytes: [UInt8]) {
    guard bytes.last == 10 else { return nil }
    self.init(String(decoding: bytes.dropLast(), as: UTF8.self))
  }

  var pointer: [UInt8] { Array(description.utf8) + [10] }
}
