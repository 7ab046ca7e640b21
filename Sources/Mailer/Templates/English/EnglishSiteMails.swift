extension EnglishMails {
  static func linkBroken(_ site: String, _ links: [String], _ dashboard: String) -> MailDraft {
    letter(
      links.count == 1 ? "A link of your site leads nowhere" : "Links of your site lead nowhere",
      [.paragraph("these targets of the site \(name(site)) could not be reached on two different days:")]
        + links.map { .paragraph("– \(name($0))") } + [
          .paragraph(
            "Please check the addresses. Where you gave a fallback address, the short link leads there now, until the "
              + "target can be reached again."),
          .action(label: "Look at the links", url: dashboard),
        ])
  }
}
