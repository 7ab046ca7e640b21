/// Makes text fit for a mail, whoever wrote it.
enum MailText {
  /// One line: what controls a terminal, a header or the direction of writing becomes a space or goes.
  static func line(_ text: String, limit: Int = 2000) -> String {
    var output = ""
    var count = 0
    for scalar in text.unicodeScalars {
      guard count < limit else {
        output += "…"
        break
      }
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: output.unicodeScalars.append(" ")
      case .format where !isJoiner(scalar): continue
      case .surrogate, .privateUse, .unassigned: continue
      default: output.unicodeScalars.append(scalar)
      }
      count += 1
    }
    return output
  }

  /// A name that somebody else has chosen: short, and without what programs would make a link of.
  static func name(_ text: String) -> String {
    unlinked(line(text, limit: 100))
  }

  private static func unlinked(_ text: String) -> String {
    text.split(separator: "://", omittingEmptySubsequences: false).joined(separator: ": //")
  }

  /// What somebody else has written, line by line, without what programs would make a link of: nobody shall click
  /// where a stranger wants, in a mail that comes from us.
  static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { unlinked(line(String($0), limit: 5000)) }
  }

  /// A link; nothing but the web.
  static func link(_ url: String) -> String {
    let plain = line(url).filter { $0 != " " }
    return plain.hasPrefix("https://") || plain.hasPrefix("http://") ? plain : ""
  }

  /// Text for HTML content and quoted attributes.
  static func escaped(_ text: String) -> String {
    var output = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "'": output += "&#39;"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  /// Some scripts and emoji are written with these.
  private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool { scalar.value == 0x200C || scalar.value == 0x200D }
}
