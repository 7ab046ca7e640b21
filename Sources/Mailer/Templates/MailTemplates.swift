import HTTP
import Services

extension Mail {
  static let loginTemplate = "login"

  /// The template's name, also a tag of the mail.
  var template: String {
    switch self {
    case .login: Self.loginTemplate
    case .welcome: "welcome"
    default: ""
    }
  }

  /// Its lane: somebody sits and waits for a login mail.
  var priority: Int {
    switch self {
    case .login: 0
    default: 2
    }
  }

  /// Whether nothing of it may stay: a login mail names a person who may not have confirmed yet, and holds a secret.
  var isErasedWhenSent: Bool {
    switch self {
    case .login: true
    default: false
    }
  }

  func message(_ language: Language) -> Message {
    switch (self, language) {
    case (.login(let link, let code, let minutes), .english):
      Message(
        subject: "\(code) is your SmartPages code", language: "en",
        parts: [
          .paragraph("Hello,"), .paragraph("this is your code to log in to SmartPages:"), .code(code),
          .paragraph("Or open this link in the browser in which you asked for it:"),
          .action(label: "Log in", url: link),
          .small("Code and link are valid for \(minutes) minutes and can be used once."),
          .small("You did not ask for this? Then you need do nothing: nobody gets in without this mail."),
        ])
    case (.login(let link, let code, let minutes), .german):
      Message(
        subject: "\(code) ist Ihr Code für SmartPages", language: "de",
        parts: [
          .paragraph("Guten Tag,"), .paragraph("mit diesem Code melden Sie sich bei SmartPages an:"), .code(code),
          .paragraph("Oder öffnen Sie diesen Link in dem Browser, in dem Sie ihn angefordert haben:"),
          .action(label: "Anmelden", url: link),
          .small("Code und Link gelten \(minutes) Minuten und nur einmal."),
          .small("Das waren nicht Sie? Dann ist nichts zu tun: Ohne diese E-Mail kommt niemand hinein."),
        ])
    case (.welcome(_, let dashboard, let days), .english):
      Message(
        subject: "Welcome to SmartPages", language: "en",
        parts: [
          .paragraph("Hello and welcome!"),
          .paragraph(
            "You are three steps from being online: fill in your profile, add your links, publish. You can try "
              + "everything for \(days) days; what is published stays online after that."),
          .action(label: "Open the dashboard", url: dashboard),
        ])
    case (.welcome(_, let dashboard, let days), .german):
      Message(
        subject: "Willkommen bei SmartPages", language: "de",
        parts: [
          .paragraph("Guten Tag und willkommen!"),
          .paragraph(
            "Drei Schritte, und Sie sind online: Profil ausfüllen, Links hinzufügen, veröffentlichen. \(days) Tage "
              + "lang können Sie alles ausprobieren; was veröffentlicht ist, bleibt danach online."),
          .action(label: "Zur Übersicht", url: dashboard),
        ])
    default: Message(subject: "", language: "", parts: [])
    }
  }
}
