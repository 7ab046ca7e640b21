import HTTP
import Services

/// What a domain's state means, in plain words.
struct DomainWords {
  private let language: Language

  init(_ language: Language) {
    self.language = language
  }

  func explanation(of row: DomainRow, _ certificate: CertificateState) -> String {
    switch row.state {
    case .pending: pending(row)
    case .active: active(row, certificate)
    case .failing: failing(row)
    case .paused:
      say(
        "This domain is not served any more, because its entries have not led here or another account has proved it."
          + " Set the entries below and have them checked.",
        "Diese Domain wird nicht mehr ausgeliefert, weil ihre Einträge nicht hierher führten oder ein anderes Konto sie"
          + " nachgewiesen hat. Setzen Sie die Einträge unten, und lassen Sie sie prüfen.")
    case .expired:
      say(
        "The entries were not there within seven days, so we stopped looking. Set them and have them checked.",
        "Die Einträge waren sieben Tage lang nicht da, deshalb sehen wir nicht mehr nach. Setzen Sie sie, und lassen Sie"
          + " sie prüfen.")
    }
  }

  private func pending(_ row: DomainRow) -> String {
    if row.hasConflict {
      return say(
        "Another account has connected this domain. It comes to you once your entries are there and the other TXT entry"
          + " is removed.",
        "Ein anderes Konto hat diese Domain verbunden. Sie kommt zu Ihnen, sobald Ihre Einträge da sind und der andere"
          + " TXT-Eintrag gelöscht ist.")
    }
    guard row.checkedAt != nil else {
      return say(
        "Set the entries below at your domain's provider. We begin to look for them right away.",
        "Setzen Sie die Einträge unten beim Anbieter Ihrer Domain. Wir sehen ab jetzt danach.")
    }
    switch (row.seen.proof, row.seen.address) {
    case (.unknown, _), (_, .unknown): return unclear(row.seen.trouble)
    case (.ok, .ok):
      return say(
        "The entries are right; the domain is about to be connected.",
        "Die Einträge stimmen; die Domain wird gleich verbunden.")
    case (.ok, .wrong):
      return say(
        "The TXT entry is right. The domain still leads somewhere else: change the entries marked below.",
        "Der TXT-Eintrag stimmt. Die Domain führt aber noch woandershin: Ändern Sie die unten markierten Einträge.")
    case (.ok, _):
      return say(
        "The TXT entry is right. The entry that leads the domain here is missing.",
        "Der TXT-Eintrag stimmt. Es fehlt der Eintrag, der die Domain hierher führt.")
    case (.wrong, _):
      return say(
        "There is a TXT entry with another value. Check it against the value below.",
        "Es gibt einen TXT-Eintrag mit einem anderen Wert. Vergleichen Sie ihn mit dem Wert unten.")
    case (.missing, .ok):
      return say(
        "The domain leads here already. The TXT entry that proves that it is yours is missing.",
        "Die Domain führt schon hierher. Es fehlt der TXT-Eintrag, der zeigt, dass sie Ihnen gehört.")
    case (.missing, _):
      return say(
        "The entries are not there yet. After a change at your provider it may take an hour until all see it.",
        "Die Einträge sind noch nicht da. Nach einer Änderung bei Ihrem Anbieter kann es eine Stunde dauern, bis alle"
          + " sie sehen.")
    }
  }

  private func unclear(_ trouble: DomainSeen.Trouble?) -> String {
    switch trouble {
    case .spreading:
      say(
        "A change is on its way: not all name servers say the same yet. We look again by ourselves.",
        "Eine Änderung ist unterwegs: Noch sagen nicht alle Nameserver dasselbe. Wir sehen von selbst wieder nach.")
    case .loop:
      say(
        "The entries of this domain lead round in a circle. Remove the CNAME entries that lead to each other.",
        "Die Einträge dieser Domain führen im Kreis. Löschen Sie die CNAME-Einträge, die aufeinander zeigen.")
    case .timeout, .refused, .malformed, nil:
      say(
        "The domain's name servers did not answer as they should. That changes nothing; we ask again by ourselves.",
        "Die Nameserver der Domain haben nicht richtig geantwortet. Das ändert nichts; wir fragen von selbst wieder.")
    }
  }

  private func active(_ row: DomainRow, _ certificate: CertificateState) -> String {
    if row.isPausedByPlan {
      return say(
        "Your plan does not cover this domain, so it is not served. A larger plan, or removing another one, brings it"
          + " back.",
        "Ihr Tarif umfasst diese Domain nicht, deshalb wird sie nicht ausgeliefert. Ein größerer Tarif oder weniger"
          + " Domains bringen sie zurück.")
    }
    if row.site == nil {
      return say(
        "The domain is yours, but leads to no site. Choose one.",
        "Die Domain gehört Ihnen, führt aber zu keiner Website. Wählen Sie eine.")
    }
    guard certificate.isUsable else {
      return certificate.problem == nil
        ? say(
          "The entries are right. The certificate for HTTPS is on its way; that takes a few minutes.",
          "Die Einträge stimmen. Das Zertifikat für HTTPS wird geholt; das dauert ein paar Minuten.")
        : say(
          "The entries are right, but there is no certificate for HTTPS yet; see its details. We try again by ourselves.",
          "Die Einträge stimmen, aber es gibt noch kein Zertifikat für HTTPS; siehe dessen Einzelheiten. Wir versuchen"
            + " es von selbst wieder.")
    }
    return say("Connected: visitors reach your site here.", "Verbunden: Hier erreicht man Ihre Website.")
  }

  private func failing(_ row: DomainRow) -> String {
    let missing =
      row.seen.proof == .ok
      ? say("the domain leads somewhere else", "die Domain führt woandershin")
      : say("the TXT entry is missing", "der TXT-Eintrag fehlt")
    return say(
      "The entries are not as they should be: \(missing). Put them back within three days, or the domain is not served"
        + " any more.",
      "Die Einträge sind nicht mehr, wie sie sein sollen: \(missing). Stellen Sie sie binnen drei Tagen wieder her,"
        + " sonst wird die Domain nicht mehr ausgeliefert.")
  }

  private func say(_ english: String, _ german: String) -> String { language == .german ? german : english }
}
