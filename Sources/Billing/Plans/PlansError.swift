/// A file of plans that stops the start: where it stands and each mistake in it.
package struct PlansError: Error, Equatable, CustomStringConvertible {
  /// One mistake.
  package struct Mistake: Sendable, Equatable {
    /// A JSON pointer (RFC 6901); empty: the whole file.
    package let pointer: String
    package let text: String
  }

  package let path: String
  package let mistakes: [Mistake]

  package var description: String {
    (["the plans in \(path) cannot be used:"]
      + mistakes.map { "\($0.pointer.isEmpty ? "the file" : $0.pointer) \($0.text)" })
      .joined(separator: "\n  ")
  }
}
