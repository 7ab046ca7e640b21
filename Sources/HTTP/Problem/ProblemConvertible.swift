/// An error of a part below that a caller may be told about.
package protocol ProblemConvertible: Error {
  /// The problem to answer, or nil when the error is internal and answers 500.
  var problem: Problem? { get }
  /// Whether a person must look at it although the caller can only wait: a key that is not accepted, say.
  var needsAttention: Bool { get }
}

extension ProblemConvertible {
  package var needsAttention: Bool { false }
}
