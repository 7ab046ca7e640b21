import HTTP

extension GermanMails {
  static func login(_ link: String, _ code: String, _ minutes: Int) -> MailDraft {
    MailDraft(
      subject: "\(code) ist Ihr Code für SmartPages",
      parts: [
        .paragraph("Guten Tag,"), .paragraph("mit diesem Code melden Sie sich bei SmartPages an:"), .code(code),
        .paragraph("Oder öffnen Sie diesen Link in dem Browser, in dem Sie ihn angefordert haben:"),
        .action(label: "Anmelden", url: link),
        .small("Code und Link gelten \(minutes) Minuten und nur einmal."),
        .small("Das waren nicht Sie? Dann ist nichts zu tun: Ohne diese E-Mail kommt niemand hinein."),
      ])
  }

  static func welcome(_ dashboard: String, _ days: Int) -> MailDraft {
    letter(
      "Willkommen bei SmartPages",
      .paragraph("herzlich willkommen! Schön, dass Sie da sind."),
      .paragraph(
        "Drei Schritte, und Sie sind online: Profil ausfüllen, Links hinzufügen, veröffentlichen. \(days) Tage "
          + "lang können Sie alles ausprobieren; was veröffentlicht ist, bleibt danach online."),
      .action(label: "Zur Übersicht", url: dashboard))
  }

  static func newLogin(_ moment: Instant, _ browser: String, _ sessions: String) -> MailDraft {
    letter(
      "Neue Anmeldung in Ihrem SmartPages-Konto",
      .paragraph("in Ihrem Konto hat sich jemand mit einem Browser angemeldet, den wir noch nicht kannten."),
      .paragraph("Wann: \(date(moment))"),
      .paragraph("Browser: \(name(browser))"),
      .paragraph(
        "Waren Sie das? Dann ist alles in Ordnung. Falls nicht, beenden Sie diese Anmeldung bitte sofort und prüfen "
          + "Sie, wer Ihre E-Mails lesen kann."),
      .action(label: "Alle Anmeldungen ansehen", url: sessions))
  }

  static func oldAddress(_ old: String, _ new: String, _ dashboard: String) -> MailDraft {
    letter(
      "Ihr SmartPages-Konto hat eine neue E-Mail-Adresse",
      .paragraph("die Adresse Ihres Kontos wurde von \(name(old)) auf \(name(new)) geändert."),
      .paragraph(
        "Ab jetzt melden Sie sich mit der neuen Adresse an, und diese hier bekommt keine E-Mails mehr von uns. Wenn "
          + "Sie das nicht waren, antworten Sie bitte sofort auf diese E-Mail."),
      .action(label: "Zur Übersicht", url: dashboard))
  }

  static func newAddress(_ old: String, _ new: String, _ dashboard: String) -> MailDraft {
    letter(
      "Das ist jetzt die Adresse Ihres SmartPages-Kontos",
      .paragraph("die Adresse Ihres Kontos wurde von \(name(old)) auf \(name(new)) geändert."),
      .paragraph("Ab jetzt melden Sie sich mit der neuen Adresse an, und unsere E-Mails kommen hierher."),
      .action(label: "Zur Übersicht", url: dashboard))
  }

  static func exportReady(_ expiry: Instant, _ download: String) -> MailDraft {
    letter(
      "Ihre Daten stehen zum Herunterladen bereit",
      .paragraph("die Kopie Ihrer Daten, um die Sie gebeten haben, ist fertig."),
      .action(label: "Herunterladen", url: download),
      .small("Sie können sie bis zum \(date(expiry)) abholen. Dafür müssen Sie angemeldet sein."))
  }

  static func deletionScheduled(_ moment: Instant, _ dashboard: String) -> MailDraft {
    letter(
      "Ihr SmartPages-Konto wird gelöscht",
      .paragraph("wie gewünscht wird Ihr Konto mit allen Seiten am \(date(moment)) gelöscht."),
      .paragraph(
        "Bis dahin geht nichts verloren: Wenn Sie es sich anders überlegen oder das nicht veranlasst haben, können Sie "
          + "die Löschung in der Übersicht zurücknehmen."),
      .action(label: "Konto behalten", url: dashboard))
  }
}
