import HTTP
import Services

/// What is said to visitors who sent a form.
struct FormPageWords {
  let language: Language

  private func pick(_ german: String, _ english: String) -> String {
    language == .german ? german : english
  }

  var name: String { pick("Ihr Name", "Your name") }
  var email: String { pick("Ihre E-Mail-Adresse", "Your e-mail address") }
  var text: String { pick("Ihre Nachricht", "Your message") }
  var leaveEmpty: String { pick("Dieses Feld bitte frei lassen", "Please leave this field empty") }
  var send: String { pick("Noch einmal senden", "Send again") }

  func back(_ site: String) -> String {
    site.isBlank ? pick("Zurück zur Seite", "Back to the page") : pick("Zurück zu „\(site)“", "Back to “\(site)”")
  }

  func title(_ reply: FormReply) -> String {
    switch reply {
    case .thanks: pick("Vielen Dank!", "Thank you!")
    case .incomplete: pick("Es fehlt noch etwas", "Something is missing")
    case .tooMany: pick("Bitte warten Sie einen Moment", "Please wait a moment")
    case .unavailable: pick("Das hat leider nicht geklappt", "Sorry, that did not work")
    case .tooLarge: pick("Ihre Nachricht ist zu lang", "Your message is too long")
    case .unreadable: pick("Das konnten wir nicht lesen", "We could not read this")
    case .unknownForm: pick("Dieses Formular gibt es nicht mehr", "This form is not there any more")
    }
  }

  func explanation(_ reply: FormReply) -> String {
    switch reply {
    case .thanks:
      pick(
        "Ihre Nachricht ist angekommen. Sie bekommen eine Antwort an die Adresse, die Sie angegeben haben.",
        "Your message has arrived. The answer will come to the address that you gave.")
    case .incomplete:
      pick(
        "Was Sie geschrieben haben, steht noch da. Bitte ergänzen Sie das Folgende und senden Sie es noch einmal.",
        "What you wrote is still here. Please complete the following and send it again.")
    case .tooMany(let seconds):
      pick(
        "Gerade kamen sehr viele Nachrichten. Ihre steht noch da: bitte senden Sie sie \(later(seconds)) noch einmal.",
        "Very many messages came just now. Yours is still here: please send it again \(later(seconds)).")
    case .unavailable:
      pick(
        "Ihre Nachricht konnte gerade nicht gespeichert werden. Sie steht noch da: bitte senden Sie sie in einer "
          + "Minute noch einmal.",
        "Your message could not be stored just now. It is still here: please send it again in a minute.")
    case .tooLarge:
      pick(
        "Gehen Sie in Ihrem Browser einen Schritt zurück und kürzen Sie die Nachricht; sie steht dort noch.",
        "Go back one step in your browser and shorten the message; it is still there.")
    case .unreadable:
      pick(
        "Bitte schreiben Sie Ihre Nachricht über das Formular auf der Seite.",
        "Please write your message by the form on the page.")
    case .unknownForm:
      pick(
        "Die Seite, auf der es stand, wurde geändert oder ist nicht mehr online. Ihre Nachricht wurde nicht gesendet.",
        "The page that it stood on was changed or is not online any more. Your message was not sent.")
    }
  }

  func fault(_ fault: FormFault) -> String {
    switch fault {
    case .nameMissing: pick("Bitte geben Sie Ihren Namen an.", "Please give your name.")
    case .nameTooLong:
      pick(
        "Der Name darf höchstens \(VisitorMessage.nameLimit) Zeichen haben.",
        "The name may have \(VisitorMessage.nameLimit) characters at most.")
    case .emailMissing:
      pick(
        "Bitte geben Sie Ihre E-Mail-Adresse an, damit Sie eine Antwort bekommen.",
        "Please give your e-mail address, so that you get an answer.")
    case .emailInvalid:
      pick(
        "Diese E-Mail-Adresse ist nicht vollständig. Sie sieht aus wie name@beispiel.de.",
        "This e-mail address is not complete. It looks like name@example.com.")
    case .textMissing: pick("Bitte schreiben Sie eine Nachricht.", "Please write a message.")
    case .textTooLong:
      pick(
        "Die Nachricht darf höchstens \(VisitorMessage.textLimit) Zeichen haben.",
        "The message may have \(VisitorMessage.textLimit) characters at most.")
    }
  }

  private func later(_ seconds: Int) -> String {
    let minutes = (seconds + 59) / 60
    return minutes <= 1
      ? pick("in einer Minute", "in a minute") : pick("in \(minutes) Minuten", "in \(minutes) minutes")
  }
}
