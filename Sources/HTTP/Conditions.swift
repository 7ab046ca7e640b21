/// Conditional requests (RFC 9110, section 13).
package enum Conditions {
  /// Whether a list of entity tags (`If-None-Match`, `If-Match`) names the tag; `*` names every one.
  ///
  /// - Parameters:
  ///   - weak: compare weakly, as `If-None-Match` wants it: `W/` is ignored.
  package static func matches(_ field: String, _ tag: String, weak: Bool) -> Bool {
    var rest = field[...]
    while true {
      rest = rest.drop { $0 == " " || $0 == "\t" || $0 == "," }
      if rest.isEmpty { return false }
      if rest.first == "*" { return true }
      let isWeak = rest.hasPrefix("W/")
      if isWeak { rest = rest.dropFirst(2) }
      guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else { return false }
      if rest[...end] == tag, weak || !isWeak { return true }
      rest = rest[rest.index(after: end)...]
    }
  }
}
