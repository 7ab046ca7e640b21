/// Reads the members of one JSON object, notes each fault with its pointer, and refuses members nobody asked for.
///
/// All faults of a body are told at once:
/// ```
/// var reader = try ObjectReader(body)
/// let title = reader.string("title", maximum: 200)
/// try reader.finish()
/// ```
package struct ObjectReader {
  /// A body of thousands of unknown members must not become an answer of megabytes.
  private static let unknownLimit = 50

  private let members: [JSON.Member]
  private let pointer: String
  private var known: Set<String> = []
  /// The faults noted so far.
  package private(set) var errors: [FieldError] = []

  /// - Throws: ``Problem`` when the value is no object.
  package init(_ json: JSON, pointer: String = "") throws {
    guard case .object(let members) = json else { throw Problem(invalid: [FieldError(pointer, .wrongType)]) }
    self.members = members
    self.pointer = pointer
  }

  /// The JSON pointer of a member.
  package func pointer(to name: String) -> String {
    let escaped = name.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
      .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
    return "\(pointer)/\(escaped)"
  }

  /// Notes a fault of a member.
  package mutating func refuse(_ name: String, _ code: FieldErrorCode) {
    errors.append(FieldError(pointer(to: name), code))
  }

  /// Whether the body has the member, be it null.
  package mutating func has(_ name: String) -> Bool {
    known.insert(name)
    return members.contains { $0.name == name }
  }

  /// The member as it stands; nil when it is absent.
  package mutating func value(_ name: String) -> JSON? {
    known.insert(name)
    return members.first { $0.name == name }?.value
  }

  /// A text that must be there.
  package mutating func string(_ name: String, minimum: Int = 0, maximum: Int) -> String {
    guard let value = value(name) else {
      refuse(name, .required)
      return ""
    }
    return checked(name, value, minimum: minimum, maximum: maximum) ?? ""
  }

  /// A text that may be absent; nil then.
  package mutating func optionalString(_ name: String, minimum: Int = 0, maximum: Int) -> String? {
    value(name).flatMap { checked(name, $0, minimum: minimum, maximum: maximum) }
  }

  /// A text that may be null. The outer nil says that the member is absent.
  package mutating func nullableString(_ name: String, maximum: Int) -> String?? {
    guard let value = value(name) else { return .none }
    if case .null = value { return .some(nil) }
    return checked(name, value, minimum: 0, maximum: maximum).map { .some($0) } ?? .none
  }

  /// A truth value that may be absent; nil then.
  package mutating func optionalBool(_ name: String) -> Bool? {
    guard let value = value(name) else { return nil }
    guard let flag = value.boolValue else {
      refuse(name, .wrongType)
      return nil
    }
    return flag
  }

  /// One of the cases of an enumeration, by its raw value; nil when absent.
  package mutating func optionalCase<Choice: RawRepresentable<String>>(_ name: String, _: Choice.Type) -> Choice? {
    guard let value = value(name) else { return nil }
    guard let text = value.stringValue else {
      refuse(name, .wrongType)
      return nil
    }
    guard let choice = Choice(rawValue: text) else {
      refuse(name, .invalid)
      return nil
    }
    return choice
  }

  /// A list whose items are read by `read`; nil when absent.
  package mutating func optionalList<Item>(
    _ name: String, maximum: Int, _ read: (JSON, _ pointer: String) throws -> Item
  ) rethrows -> [Item]? {
    guard let value = value(name) else { return nil }
    guard let items = value.arrayValue else {
      refuse(name, .wrongType)
      return nil
    }
    guard items.count <= maximum else {
      refuse(name, .tooMany(maximum))
      return nil
    }
    return try items.enumerated().compactMap { index, item in
      do {
        return try read(item, "\(pointer(to: name))/\(index)")
      } catch let problem as Problem where problem.code == .invalidBody {
        errors.append(contentsOf: problem.errors)
        return nil
      }
    }
  }

  /// An object whose members are read by `read`; nil when absent.
  package mutating func optionalObject<Value>(
    _ name: String, _ read: (inout ObjectReader) throws -> Value
  ) throws -> Value? {
    guard let value = value(name) else { return nil }
    do {
      var reader = try ObjectReader(value, pointer: pointer(to: name))
      let result = try read(&reader)
      try reader.finish()
      return result
    } catch let problem as Problem where problem.code == .invalidBody {
      errors.append(contentsOf: problem.errors)
      return nil
    }
  }

  /// Ends the reading: unknown members are faults as well.
  ///
  /// - Throws: ``Problem`` of 422 with all faults.
  package mutating func finish() throws {
    for member in members where !known.contains(member.name) && errors.count < Self.unknownLimit {
      refuse(member.name, .unknownField)
    }
    if !errors.isEmpty { throw Problem(invalid: errors) }
  }

  private mutating func checked(_ name: String, _ value: JSON, minimum: Int, maximum: Int) -> String? {
    guard let text = value.stringValue else {
      refuse(name, .wrongType)
      return nil
    }
    let count = text.unicodeScalars.count
    if count > maximum {
      refuse(name, .tooLong(maximum))
      return nil
    }
    if count < minimum || (minimum > 0 && text.allSatisfy(\.isWhitespace)) {
      refuse(name, text.isEmpty ? .required : .tooShort(minimum))
      return nil
    }
    return text
  }
}
