/// One paragraph of a mail.
enum MailPart {
  case paragraph(String)
  /// A code to type, set large and readable digit by digit.
  case code(String)
  /// A link that stands for the one thing to do. It leads to one of our own hosts.
  case action(label: String, url: String)
  case small(String)
  /// What somebody else wrote, line by line.
  case quote(String)

  var text: String {
    switch self {
    case .paragraph(let text), .small(let text): MailText.line(text)
    case .code(let code): "    \(MailText.line(code))"
    case .quote(let text): MailText.lines(text).map { "> \($0)" }.joined(separator: "\n")
    case .action(let label, let url): "\(label):\n\(MailText.link(url))"
    }
  }

  var html: String {
    switch self {
    case .paragraph(let text): "<p>\(MailText.escaped(MailText.line(text)))</p>"
    case .code(let code):
      """
      <p style="font:600 32px/1.2 ui-monospace,monospace;letter-spacing:.2em;margin:24px 0">\
      \(MailText.escaped(MailText.line(code)))</p>
      """
    case .action(let label, let url):
      """
      <p style="margin:24px 0"><a class="action" href="\(MailText.escaped(MailText.link(url)))" \
      style="display:inline-block;padding:12px 20px;border-radius:8px;text-decoration:none;font-weight:600;\
      \(MailColors.light.action)">\(MailText.escaped(label))</a></p>
      """
    case .quote(let text):
      """
      <p style="white-space:pre-wrap;margin:16px 0;padding-left:16px;border-left:3px solid">\
      \(MailText.escaped(MailText.lines(text).joined(separator: "\n")))</p>
      """
    case .small(let text):
      """
      <p class="small" style="font-size:14px;\(MailColors.light.small)">\(MailText.escaped(MailText.line(text)))</p>
      """
    }
  }
}
