import HTTP

extension EnglishMails {
  static func domainVerified(_ host: String, _ dashboard: String) -> MailDraft {
    letter(
      "Your domain is connected",
      .paragraph("all is set: your site can now be reached at \(name(host))."),
      .action(label: "Open the dashboard", url: dashboard))
  }

  static func domainBroken(_ host: String, _ since: Instant, _ dashboard: String) -> MailDraft {
    letter(
      "Your domain does not lead to SmartPages any more",
      .paragraph("since \(date(since)) the domain \(name(host)) has not led to your site."),
      .paragraph(
        "Often an entry at your domain's provider was changed. The dashboard shows what should stand there and what "
          + "does. Your site can still be reached at its SmartPages address."),
      .action(label: "Check the domain", url: dashboard))
  }

  static func certificateProblem(_ host: String, _ since: Instant, _ dashboard: String) -> MailDraft {
    letter(
      "The certificate of your domain could not be renewed",
      .paragraph("since \(date(since)) we have not been able to renew the certificate of \(name(host))."),
      .paragraph(
        "We keep trying. If it does not work, browsers will soon warn of your site. The dashboard says what is in the "
          + "way."),
      .action(label: "Check the domain", url: dashboard))
  }
}
