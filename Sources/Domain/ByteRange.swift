/// A `Range` of one part (RFC 9110, section 14.2).
enum ByteRange: Equatable {
  /// No range that we honour: the whole is sent.
  case whole
  /// These bytes.
  case part(Range<Int>)
  /// A range outside of the representation: 416.
  case unsatisfiable

  /// Reads a `Range` field for a representation of `size` bytes.
  ///
  /// Several ranges at once are answered by the whole, which section 14.2 allows: no client of web pages needs them,
  /// and they have been used to make servers work hard.
  init(_ field: String?, size: Int) {
    guard let field, field.prefix(6).lowercased() == "bytes=" else {
      self = .whole
      return
    }
    let specification = field.dropFirst(6).filter { $0 != " " && $0 != "\t" }
    let parts = specification.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard !specification.contains(","), parts.count == 2, let bounds = Self.bounds(parts[0], parts[1]) else {
      self = .whole
      return
    }
    switch bounds {
    case (let first?, let last):
      guard first < size else {
        self = .unsatisfiable
        return
      }
      self = .part(first..<(min(last ?? size - 1, size - 1) + 1))
    case (nil, let suffix?):
      self = suffix == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - suffix)..<size)
    case (nil, nil): self = .whole
    }
  }

  /// First and last position, or a suffix's length alone; nil when it is no range at all.
  private static func bounds(_ first: Substring, _ last: Substring) -> (Int?, Int?)? {
    guard !(first.isEmpty && last.isEmpty), let start = number(first), let end = number(last) else { return nil }
    if let start, let end, end < start { return nil }
    return (start, end)
  }

  /// The digits as a number; a very long one is a very large one. The outer nil: not digits.
  private static func number(_ digits: Substring) -> Int?? {
    if digits.isEmpty { return .some(nil) }
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return .none }
    return .some(Int(digits) ?? Int.max - 1)
  }
}
