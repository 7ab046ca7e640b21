import HTTP

extension GermanMails {
  static func domainVerified(_ host: String, _ dashboard: String) -> MailDraft {
    letter(
      "Ihre Domain ist verbunden",
      .paragraph("alles ist eingerichtet: Ihre Seite ist jetzt unter \(name(host)) erreichbar."),
      .action(label: "Zur Übersicht", url: dashboard))
  }

  static func domainBroken(_ host: String, _ since: Instant, _ dashboard: String) -> MailDraft {
    letter(
      "Ihre Domain führt nicht mehr zu SmartPages",
      .paragraph("seit dem \(date(since)) führt die Domain \(name(host)) nicht mehr zu Ihrer Seite."),
      .paragraph(
        "Oft wurde ein Eintrag beim Anbieter der Domain geändert. Die Übersicht zeigt, was dort stehen soll und was "
          + "dort steht. Unter ihrer SmartPages-Adresse ist Ihre Seite weiterhin erreichbar."),
      .action(label: "Domain prüfen", url: dashboard))
  }

  static func certificateProblem(_ host: String, _ since: Instant, _ dashboard: String) -> MailDraft {
    letter(
      "Das Zertifikat Ihrer Domain konnte nicht erneuert werden",
      .paragraph("seit dem \(date(since)) können wir das Zertifikat von \(name(host)) nicht erneuern."),
      .paragraph(
        "Wir versuchen es weiter. Wenn es nicht gelingt, warnen Browser bald vor Ihrer Seite. Die Übersicht sagt, woran "
          + "es liegt."),
      .action(label: "Domain prüfen", url: dashboard))
  }
}
