import Crypto
import HTTP
package import Services

/// What a visitor wrote, cleaned of what nobody types: it stands in a mail, in a list and on a page.
struct VisitorMessage: Equatable {
  /// One line.
  let name: String
  let email: String
  /// Lines parted by line feeds.
  let text: String

  /// The most that a form takes, in characters; the form's own fields say the same.
  static let nameLimit = 100
  static let textLimit = 5000

  init(_ entry: FormEntry) {
    name = Self.line(entry.name)
    email = Self.line(entry.email)
    text = Self.lines(entry.text)
  }

  var faults: [FormFault] {
    var faults: [FormFault] = []
    if name.isEmpty {
      faults.append(.nameMissing)
    } else if name.unicodeScalars.count > Self.nameLimit {
      faults.append(.nameTooLong)
    }
    if email.isEmpty {
      faults.append(.emailMissing)
    } else if EmailAddress(email) == nil {
      faults.append(.emailInvalid)
    }
    if text.isEmpty {
      faults.append(.textMissing)
    } else if text.unicodeScalars.count > Self.textLimit {
      faults.append(.textTooLong)
    }
    return faults
  }

  /// SHA-256 of the text without case, spaces and punctuation: the same words give the same.
  var digest: [UInt8] {
    var letters = ""
    for scalar in text.lowercased().unicodeScalars
    where scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
      letters.unicodeScalars.append(scalar)
    }
    // Signs alone are told apart as they are.
    return Array(SHA256.hash(data: Array((letters.isEmpty ? text : letters).utf8)))
  }

  private static func line(_ typed: String) -> String {
    lines(typed).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Without control characters and those that turn the direction of what follows.
  private static func lines(_ typed: String) -> String {
    var output = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in typed.unicodeScalars {
      switch scalar {
      case "\n" where previous == "\r": break
      case "\n", "\r", "\u{2028}", "\u{2029}", "\u{85}": output.append("\n")
      case "\t": output.append(" ")
      // Some scripts and emoji are written with these.
      case "\u{200C}", "\u{200D}": output.append(scalar)
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned: break
        default: output.append(scalar)
        }
      }
      previous = scalar
    }
    let text = String(output)
    let start = text.drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}

extension CustomerModule {
  package func faults(of entry: FormEntry) -> [FormFault] {
    VisitorMessage(entry).faults
  }
}
