import HTTP
import Services

extension GermanMails {
  static func trialEndsSoon(_ end: Instant, _ plans: String) -> MailDraft {
    letter(
      "Ihre Probezeit bei SmartPages endet bald",
      .paragraph("Ihre Probezeit endet am \(date(end))."),
      .paragraph(
        "Wenn Ihnen SmartPages gefällt, wählen Sie jetzt einen Tarif und machen Sie ohne Pause weiter. Wenn nicht, ist "
          + "nichts zu tun: Es wird nichts abgebucht, und was veröffentlicht ist, bleibt online."),
      .action(label: "Tarife ansehen", url: plans))
  }

  static func trialEnded(_ plans: String) -> MailDraft {
    letter(
      "Ihre Probezeit bei SmartPages ist zu Ende",
      .paragraph(
        "Ihre Probezeit ist zu Ende. Was veröffentlicht ist, bleibt online, und keine Ihrer Daten gehen verloren."),
      .paragraph("Um wieder zu ändern und zu veröffentlichen, wählen Sie den Tarif, der zu Ihnen passt."),
      .action(label: "Tarif wählen", url: plans))
  }

  static func paymentFailed(_ amount: Money, _ next: Instant?, _ billing: String) -> MailDraft {
    letter(
      "Eine Zahlung für SmartPages hat nicht geklappt",
      .paragraph(
        "wir konnten \(amount.text(.german)) für Ihren Tarif nicht abbuchen. Das kommt vor, oft ist eine Karte "
          + "abgelaufen."),
      .paragraph(
        next.map { "Wir versuchen es am \(date($0)) noch einmal. Bis dahin geht alles wie gewohnt weiter." }
          ?? "Einen weiteren Versuch gibt es nicht, bitte prüfen Sie deshalb Ihr Zahlungsmittel."),
      .action(label: "Zahlungsmittel prüfen", url: billing))
  }

  static func actionNeeded(_ amount: Money, _ billing: String) -> MailDraft {
    letter(
      "Bitte bestätigen Sie Ihre Zahlung für SmartPages",
      .paragraph("Ihre Bank bittet Sie, die Zahlung von \(amount.text(.german)) für Ihren Tarif zu bestätigen."),
      .paragraph("Das dauert nur eine Minute. Ohne Ihre Bestätigung kann die Zahlung nicht abgeschlossen werden."),
      .action(label: "Zahlung bestätigen", url: billing))
  }

  static func receipt(_ number: String?, _ amount: Money, _ plan: String, _ billing: String) -> MailDraft {
    letter(
      "Ihre Zahlung für SmartPages",
      .paragraph("vielen Dank! Wir haben \(amount.text(.german)) für den Tarif \(name(plan)) erhalten."),
      .paragraph(
        number.map { "Die Rechnung hat die Nummer \(name($0)); Sie finden sie mit allen anderen in der Übersicht." }
          ?? "Die Rechnung finden Sie in der Übersicht."),
      .action(label: "Rechnungen ansehen", url: billing))
  }

  static func subscriptionEnded(_ plan: String, _ plans: String) -> MailDraft {
    letter(
      "Ihr SmartPages-Tarif ist beendet",
      .paragraph("Ihr Tarif \(name(plan)) ist beendet, und es wird nichts mehr abgebucht."),
      .paragraph(
        "Von Ihren Inhalten wird nichts gelöscht. Um wieder zu ändern und zu veröffentlichen, wählen Sie einfach einen "
          + "Tarif, wann immer Sie möchten."),
      .action(label: "Tarife ansehen", url: plans))
  }

  static func planChanged(_ from: String, _ to: String, _ billing: String) -> MailDraft {
    letter(
      "Ihr SmartPages-Tarif hat sich geändert",
      .paragraph("Ihr Tarif wurde von \(name(from)) auf \(name(to)) geändert. Die Änderung gilt ab sofort."),
      .action(label: "Tarif und Rechnungen ansehen", url: billing))
  }
}
