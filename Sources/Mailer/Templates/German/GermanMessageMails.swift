import Services

extension GermanMails {
  static func message(
    _ site: String, _ sender: String, _ address: EmailAddress, _ text: String, _ dashboard: String
  ) -> MailDraft {
    letter(
      "Neue Nachricht von \(name(sender))",
      .paragraph(
        "\(name(sender)) (\(address.text)) hat Ihnen über das Formular auf Ihrer Seite \(name(site)) geschrieben:"),
      .quote(text),
      .paragraph("Antworten Sie einfach auf diese Mail: Ihre Antwort geht an \(address.text)."),
      .action(label: "Im Dashboard öffnen", url: dashboard),
      .small(
        "Links in der Nachricht haben wir unwirksam gemacht. Öffnen Sie sie nur, wenn Sie wissen, wer Ihnen schreibt."))
  }

  static func messages(_ site: String, _ count: Int, _ dashboard: String) -> MailDraft {
    letter(
      "Neue Nachrichten: \(count)",
      .paragraph(
        "über das Formular auf Ihrer Seite \(name(site)) kamen innerhalb einer Stunde so viele Nachrichten, dass wir Sie "
          + "in einer Mail darauf hinweisen. Neu sind: \(count)."),
      .action(label: "Nachrichten lesen", url: dashboard),
      .small("Es ist Werbung? Dann markieren Sie sie im Dashboard als unerwünscht."))
  }
}
