import HTTP
import Services

/// Reads what a browser sends for a form: `application/x-www-form-urlencoded` (URL Standard, section 5.1), strictly.
enum FormBody {
  /// The longest body, in bytes: what the form's fields may hold, in letters that take twelve bytes each.
  static let limit = 65_536

  /// Why a body is no form; the reply to the visitor and its status.
  struct Refusal: Error, Equatable {
    let reply: FormReply
    let status: Status
  }

  static func entry(_ request: Request) throws -> FormEntry {
    guard isForm(request.parameter("CONTENT_TYPE")) else { throw Refusal(reply: .unreadable, status: Status(415)) }
    let bytes: [UInt8]
    do {
      bytes = try request.body(limit: limit)
    } catch let problem as Problem where problem.code == .bodyTooLarge {
      throw Refusal(reply: .tooLarge, status: Status(413))
    }
    guard let entry = entry(bytes) else { throw Refusal(reply: .unreadable, status: Status(422)) }
    return entry
  }

  /// Nil for what is not the encoding of text, and for fields that the form has not, or has once only.
  static func entry(_ bytes: [UInt8]) -> FormEntry? {
    var entry = FormEntry()
    var seen: Set<String> = []
    for pair in bytes.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let name = decoded(parts[0]), let value = decoded(parts[1]), seen.insert(name).inserted
      else { return nil }
      switch name {
      case "name": entry.name = value
      case "email": entry.email = value
      case "text": entry.text = value
      case "website": entry.trap = value
      // Where the form stands is known already, and better.
      case "page": break
      default: return nil
      }
    }
    return entry
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "+"): output.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard index + 2 < bytes.endIndex, let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2]) else {
          return nil
        }
        output.append(high << 4 | low)
        index += 2
      // Browsers send nothing else: the rest is encoded.
      case 0x21...0x7E: output.append(bytes[index])
      default: return nil
      }
      index += 1
    }
    return String(validating: output, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  private static func isForm(_ field: String?) -> Bool {
    guard let field else { return false }
    let parts = field.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
    return parts.first == "application/x-www-form-urlencoded"
      && parts.dropFirst().allSatisfy { $0 == "charset=utf-8" || $0 == "charset=\"utf-8\"" }
  }
}
