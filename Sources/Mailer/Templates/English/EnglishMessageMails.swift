import Services

extension EnglishMails {
  static func message(
    _ site: String, _ sender: String, _ address: EmailAddress, _ text: String, _ dashboard: String
  ) -> MailDraft {
    letter(
      "New message from \(name(sender))",
      .paragraph("\(name(sender)) (\(address.text)) wrote to you by the form on your site \(name(site)):"),
      .quote(text),
      .paragraph("Just answer this mail: your answer goes to \(address.text)."),
      .action(label: "Open in the dashboard", url: dashboard),
      .small("We have taken the links out of the message. Open them only if you know who wrote to you."))
  }

  static func messages(_ site: String, _ count: Int, _ dashboard: String) -> MailDraft {
    letter(
      "New messages: \(count)",
      .paragraph(
        "so many messages came by the form on your site \(name(site)) within an hour that we tell you of them in one "
          + "mail. New ones: \(count)."),
      .action(label: "Read the messages", url: dashboard),
      .small("Is it advertising? Mark it as unwanted in the dashboard."))
  }
}
