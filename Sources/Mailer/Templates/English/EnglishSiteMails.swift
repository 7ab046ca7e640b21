import HTTP

extension EnglishMails {
  static func pageChanged(_ title: String, _ by: String, _ note: String, _ dashboard: String) -> MailDraft {
    letter(
      "Your page was changed: \(name(title))",
      .paragraph("\(name(by)) has put a new version of your site “\(name(title))” online."),
      .paragraph(note.isEmpty ? "They left no note." : "Their note: \(name(note))"),
      .paragraph(
        "The dashboard shows what is different, and brings an earlier version back if need be. When more changes "
          + "follow within the hour, you will not get a mail for each."),
      .action(label: "See the versions", url: dashboard))
  }

  static func publishingFailed(
    _ planned: Instant, _ title: String, _ reason: String, _ dashboard: String
  ) -> MailDraft {
    letter(
      "Not published: \(name(title))",
      .paragraph("your site “\(name(title))” was to be published on \(date(planned)). That did not work."),
      .paragraph(reason),
      .paragraph("What was online before still is, and your draft is as you left it."),
      .action(label: "Publish now", url: dashboard))
  }

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
