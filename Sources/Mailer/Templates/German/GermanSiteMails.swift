import HTTP

extension GermanMails {
  static func pageChanged(_ title: String, _ by: String, _ note: String, _ dashboard: String) -> MailDraft {
    letter(
      "Ihre Seite wurde geändert: \(name(title))",
      .paragraph("\(name(by)) hat eine neue Version Ihrer Website „\(name(title))“ veröffentlicht."),
      .paragraph(note.isEmpty ? "Eine Notiz gibt es dazu nicht." : "Die Notiz dazu: \(name(note))"),
      .paragraph(
        "In der Übersicht sehen Sie, was anders ist, und können bei Bedarf eine frühere Version zurückholen. Folgen in "
          + "der nächsten Stunde weitere Änderungen, bekommen Sie nicht für jede eine E-Mail."),
      .action(label: "Versionen ansehen", url: dashboard))
  }

  static func publishingFailed(
    _ planned: Instant, _ title: String, _ reason: String, _ dashboard: String
  ) -> MailDraft {
    letter(
      "Nicht veröffentlicht: \(name(title))",
      .paragraph("Ihre Website „\(name(title))“ sollte am \(date(planned)) veröffentlicht werden. Das hat nicht geklappt."),
      .paragraph(reason),
      .paragraph("Was vorher online war, ist es weiterhin, und Ihr Entwurf ist so, wie Sie ihn verlassen haben."),
      .action(label: "Jetzt veröffentlichen", url: dashboard))
  }

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
