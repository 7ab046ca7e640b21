/// Finds the few members of an event that are needed, and skips everything else.
///
/// It is strict where it reads and lenient where it skips: the bytes were signed by Stripe, and stay as they came.
struct EnvelopeScanner {
  /// The members as they stand.
  struct Fields: Equatable {
    var id: String?
    var type: String?
    var livemode: Bool?
    var apiVersion: String?
    var created: Int64?
    var objectKind: String?
    var objectID: String?
    var objectCustomer: String?
  }

  private static let depthLimit = 64

  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The members of the event that the bytes are; nil when they are no JSON object.
  mutating func event() -> Fields? {
    var fields = Fields()
    let isObject = members { scanner, name in
      switch name {
      case "id": scanner.text(into: &fields.id)
      case "type": scanner.text(into: &fields.type)
      case "api_version": scanner.text(into: &fields.apiVersion)
      case "livemode": scanner.flag(into: &fields.livemode)
      case "created": scanner.integer(into: &fields.created)
      case "data": scanner.data(into: &fields)
      default: scanner.skip()
      }
    }
    skipSpace()
    return isObject && position == bytes.count ? fields : nil
  }

  private mutating func data(into fields: inout Fields) -> Bool {
    guard peek() == UInt8(ascii: "{") else { return skip() }
    return members { scanner, name in
      guard name == "object", scanner.peek() == UInt8(ascii: "{") else { return scanner.skip() }
      return scanner.members { scanner, name in
        switch name {
        case "object": scanner.text(into: &fields.objectKind)
        case "id": scanner.text(into: &fields.objectID)
        case "customer": scanner.customer(into: &fields.objectCustomer)
        default: scanner.skip()
        }
      }
    }
  }

  /// An id, or the customer itself where it was expanded.
  private mutating func customer(into field: inout String?) -> Bool {
    guard peek() == UInt8(ascii: "{") else { return text(into: &field) }
    return members { scanner, name in name == "id" ? scanner.text(into: &field) : scanner.skip() }
  }

  /// Calls `member` at each member's value, which it must pass; false when this is no object.
  private mutating func members(_ member: (inout EnvelopeScanner, Substring) -> Bool) -> Bool {
    guard take(UInt8(ascii: "{")) else { return false }
    if take(UInt8(ascii: "}")) { return true }
    repeat {
      guard let name = name(), take(UInt8(ascii: ":")), member(&self, name) else { return false }
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "}"))
  }

  private mutating func name() -> Substring? {
    guard let range = string() else { return nil }
    // Of the names sought none is longer, so a long one need not be read.
    return range.count > 16 ? "" : Substring(decoding: bytes[range], as: UTF8.self)
  }

  /// Leaves the field nil for null and for values of other types.
  private mutating func text(into field: inout String?) -> Bool {
    guard peek() == UInt8(ascii: "\"") else { return skip() }
    guard let range = string() else { return false }
    // No id, type or version holds an escape.
    field =
      range.count > 255 || bytes[range].contains(UInt8(ascii: "\\"))
      ? nil : String(validating: bytes[range], as: UTF8.self)
    return true
  }

  private mutating func flag(into field: inout Bool?) -> Bool {
    skipSpace()
    let start = position
    guard skip() else { return false }
    switch Substring(decoding: bytes[start..<position], as: UTF8.self) {
    case "true": field = true
    case "false": field = false
    default: break
    }
    return true
  }

  private mutating func integer(into field: inout Int64?) -> Bool {
    skipSpace()
    let start = position
    guard skip() else { return false }
    field = position - start > 20 ? nil : Int64(Substring(decoding: bytes[start..<position], as: UTF8.self))
    return true
  }

  /// Passes one value of any kind.
  private mutating func skip() -> Bool {
    var depth = 0
    repeat {
      switch peek() {
      case UInt8(ascii: "\""): guard string() != nil else { return false }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        guard depth <= Self.depthLimit else { return false }
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard depth > 0 else { return false }
        depth -= 1
        position += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard depth > 0 else { return false }
        position += 1
      case .some: guard word() else { return false }
      case nil: return false
      }
    } while depth > 0
    return true
  }

  /// A number, `true`, `false` or `null`.
  private mutating func word() -> Bool {
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
        UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "E"):
        position += 1
      default: return position > start
      }
    }
    return position > start
  }

  /// Passes a string; the range of what stands between its quotes.
  private mutating func string() -> Range<Int>? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return start..<position - 1
      case UInt8(ascii: "\\"): position += 2
      case 0..<0x20: return nil
      default: position += 1
      }
    }
    return nil
  }

  private mutating func peek() -> UInt8? {
    skipSpace()
    return position < bytes.count ? bytes[position] : nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
  }
}
