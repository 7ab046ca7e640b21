extension GermanMails {
  static func linkBroken(_ site: String, _ links: [String], _ dashboard: String) -> MailDraft {
    letter(
      links.count == 1 ? "Ein Link Ihrer Website führt ins Leere" : "Links Ihrer Website führen ins Leere",
      [.paragraph("diese Ziele der Website \(name(site)) waren an zwei verschiedenen Tagen nicht zu erreichen:")]
        + links.map { .paragraph("– \(name($0))") } + [
          .paragraph(
            "Bitte prüfen Sie die Adressen. Wo Sie eine Ersatzadresse angegeben haben, führt der Kurzlink jetzt dorthin, "
              + "bis das Ziel wieder zu erreichen ist."),
          .action(label: "Links ansehen", url: dashboard),
        ])
  }
}
