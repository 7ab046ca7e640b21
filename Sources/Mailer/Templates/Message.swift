/// A rendered mail.
struct Message {
  let subject: String
  let html: String
  let text: String

  /// Builds both forms of the same content, so that they cannot differ.
  ///
  /// - Parameters:
  ///   - language: the `lang` of the HTML form.
  init(subject: String, language: String, parts: [Part]) {
    self.subject = subject
    text = parts.map(\.text).joined(separator: "\n\n") + "\n"
    html = """
      <!doctype html>
      <html lang="\(language)"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">\
      <meta name="color-scheme" content="light dark"><title>\(escaped(subject))</title></head>\
      <body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif">\
      <div style="max-width:32em;margin:0 auto">\(parts.map(\.html).joined())</div></body></html>
      """
  }

  /// One paragraph of a mail.
  enum Part {
    case paragraph(String)
    /// A code to type, set large and readable digit by digit.
    case code(String)
    /// A link that stands for the one thing to do.
    case action(label: String, url: String)
    case small(String)

    var text: String {
      switch self {
      case .paragraph(let text), .small(let text): text
      case .code(let code): "    \(code)"
      case .action(let label, let url): "\(label):\n\(url)"
      }
    }

    var html: String {
      switch self {
      case .paragraph(let text): "<p>\(escaped(text))</p>"
      case .code(let code):
        "<p style=\"font:600 32px/1.2 ui-monospace,monospace;letter-spacing:.2em;margin:24px 0\">\(escaped(code))</p>"
      case .action(let label, let url):
        """
        <p style="margin:24px 0"><a href="\(escaped(url))" style="display:inline-block;padding:12px 20px;\
        border-radius:8px;background:#1f5f4f;color:#ffffff;text-decoration:none;font-weight:600">\
        \(escaped(label))</a></p>
        """
      case .small(let text): "<p style=\"font-size:14px;color:#6b7280\">\(escaped(text))</p>"
      }
    }
  }
}

/// Text for HTML content and quoted attributes.
private func escaped(_ text: String) -> String {
  var output = ""
  for character in text.unicodeScalars {
    switch character {
    case "&": output += "&amp;"
    case "<": output += "&lt;"
    case ">": output += "&gt;"
    case "\"": output += "&quot;"
    case "'": output += "&#39;"
    default: output.unicodeScalars.append(character)
    }
  }
  return output
}
