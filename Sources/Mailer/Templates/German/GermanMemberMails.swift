import HTTP
import Services

extension GermanMails {
  static func deletionAnnounced(_ moment: Instant, _ customer: String, _ by: String) -> MailDraft {
    MailDraft(
      subject: "Ein SmartPages-Konto, für das Sie arbeiten, wird gelöscht",
      parts: [
        .paragraph("Guten Tag,"),
        .paragraph("\(name(by)) löscht das Konto von \(name(customer)) mit allen Seiten."),
        .paragraph("Das geschieht am \(date(moment)). Bis dahin können Sie weiterarbeiten wie bisher."),
        .small("Falls das nicht so sein soll: Ein Inhaber des Kontos kann es bis dahin in der Übersicht zurücknehmen."),
      ])
  }

  static func proof(_ code: String, _ minutes: Int) -> MailDraft {
    MailDraft(
      subject: "\(code) ist Ihr Code zur Bestätigung",
      parts: [
        .paragraph("Guten Tag,"), .paragraph("mit diesem Code bestätigen Sie, dass Sie es sind:"), .code(code),
        .small("Geben Sie ihn dort ein, wo danach gefragt wurde. Er gilt \(minutes) Minuten und nur einmal."),
        .small(
          "Das waren nicht Sie? Dann benutzt jemand anderes Ihr Konto: Bitte melden Sie sich in den Einstellungen "
            + "überall ab."),
      ])
  }

  static func invitation(
    _ customer: String, _ inviter: String, _ role: Role, _ link: String, _ days: Int
  ) -> MailDraft {
    let may =
      switch role {
      case .owner: "Als Inhaber dürfen Sie alles, auch bezahlen und andere einladen."
      case .editor: "Als Bearbeiter dürfen Sie Seiten ändern und veröffentlichen."
      case .viewer: "Als Betrachter dürfen Sie alles ansehen und nichts ändern."
      }
    return MailDraft(
      subject: "Eine Einladung zu SmartPages",
      parts: [
        .paragraph("Guten Tag,"),
        .paragraph("\(name(inviter)) lädt Sie ein, bei SmartPages an den Seiten von \(name(customer)) mitzuarbeiten."),
        .paragraph(may),
        .action(label: "Zur Einladung", url: link),
        .small("Die Einladung gilt \(days) Tage und nur für diese Adresse."),
        .small("Sie wissen nicht, wer das ist? Dann ist nichts zu tun: Ohne Sie geschieht nichts."),
      ])
  }
}
