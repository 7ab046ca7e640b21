import HTTP
import Services

/// Members that blocks of several kinds have.
extension ObjectReader {
  /// A text that may be absent or null; nil then.
  mutating func text(_ name: String, maximum: Int) -> String? {
    nullableString(name, maximum: maximum) ?? nil
  }

  /// A picture that may be absent or null; nil then.
  mutating func image(_ name: String) -> ImageID? {
    guard let value = value(name), value != .null else { return nil }
    guard let text = value.stringValue else {
      refuse(name, .wrongType)
      return nil
    }
    guard let id = ImageID(text) else {
      refuse(name, .invalid)
      return nil
    }
    return id
  }

  /// A picture that must be there; nil, with the fault noted, when it is not.
  mutating func requiredImage(_ name: String) -> ImageID? {
    if has(name), value(name) != .null { return image(name) }
    refuse(name, .required)
    return nil
  }

  /// An address that may be absent or null; nil then.
  mutating func optionalLink(_ name: String) -> WebLink? {
    guard let value = value(name), value != .null else { return nil }
    return link(name)
  }

  /// A list that holds at least one item.
  mutating func items<Item>(
    _ name: String, maximum: Int, _ read: (inout ObjectReader) throws -> Item?
  ) throws -> [Item] {
    let faults = errors.count
    let items = try optionalList(name, maximum: maximum) { json, pointer -> Item in
      var reader = try ObjectReader(json, pointer: pointer)
      let item = try read(&reader)
      try reader.finish()
      // Without faults there is an item: each nil has noted one.
      guard let item else { throw Problem(.internalError) }
      return item
    }
    if errors.count == faults, items?.isEmpty ?? true { refuse(name, .required) }
    return items ?? []
  }
}

extension JSON {
  /// An object of the members that have a value.
  static func object(present members: [(String, JSON?)]) -> JSON {
    .object(members.compactMap { name, value in value.map { Member(name, $0) } })
  }

  /// Nil for nil.
  static func text(_ text: String?) -> JSON? {
    text.map { .string($0) }
  }
}
