package import HTTP
package import Services

/// A rendered mail.
package struct Message: Sendable {
  /// One line.
  package let subject: String
  package let html: String
  package let text: String

  /// Builds both forms of the same content, so that they cannot differ.
  init(_ draft: MailDraft, _ language: Language) {
    let subject = MailText.line(draft.subject, limit: 200)
    self.subject = subject
    text = draft.parts.map(\.text).joined(separator: "\n\n") + "\n"
    html = """
      <!doctype html>
      <html lang="\(language.rawValue)"><head><meta charset="utf-8">\
      <meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">\
      <title>\(MailText.escaped(subject))</title><style>\(MailColors.style)</style></head>\
      <body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;\(MailColors.light.page)">\
      <div style="max-width:32em;margin:0 auto">\(draft.parts.map(\.html).joined())</div></body></html>
      """
  }
}

extension Mail {
  /// The mail in a language.
  package func message(_ language: Language) -> Message {
    switch language {
    case .english: Message(EnglishMails.draft(self), language)
    case .german: Message(GermanMails.draft(self), language)
    }
  }
}

/// A mail's words, before they take a form.
struct MailDraft {
  let subject: String
  let parts: [MailPart]
}
