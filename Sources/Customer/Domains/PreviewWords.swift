import HTTP

/// What to mind before a domain is led here, in plain words.
struct PreviewWords {
  private let language: Language

  init(_ language: Language) {
    self.language = language
  }

  enum Warning {
    case notAsked
    case liveSite(String, String?)
    case mail
    case certificates(String)
    case foreignIPv6
    case slow(hours: Int)
  }

  /// The code is for programs.
  func json(_ warning: Warning) -> JSON {
    let (code, detail) = text(of: warning)
    return ["code": .string(code), "detail": .string(detail)]
  }

  private func text(of warning: Warning) -> (String, String) {
    switch warning {
    case .notAsked:
      (
        "not_asked",
        say(
          "Not all name servers answered, so something may be missing here.",
          "Nicht alle Nameserver haben geantwortet; hier kann also etwas fehlen.")
      )
    case .liveSite(let host, let title):
      (
        "live_site",
        say(
          "There is a website at \(host)\(title.map { " (“\($0)”)" } ?? ""). It will not be reached there any more.",
          "Unter \(host) gibt es eine Website\(title.map { " („\($0)“)" } ?? ""). Sie ist dort dann nicht mehr"
            + " erreichbar.")
      )
    case .mail:
      (
        "mail",
        say(
          "Mail is delivered for this domain. Leave the MX entries as they are, and use no CNAME for the domain itself.",
          "Für diese Domain kommt Post an. Lassen Sie die MX-Einträge, wie sie sind, und setzen Sie für die Domain"
            + " selbst keinen CNAME.")
      )
    case .certificates(let names):
      (
        "caa",
        say(
          "A CAA entry forbids certificates of \(names). Add one that allows them.",
          "Ein CAA-Eintrag verbietet Zertifikate von \(names). Ergänzen Sie einen, der sie erlaubt.")
      )
    case .foreignIPv6:
      (
        "foreign_ipv6",
        say(
          "There are AAAA entries that lead elsewhere. Remove them, or some visitors will not find your site.",
          "Es gibt AAAA-Einträge, die woandershin führen. Löschen Sie sie, sonst finden manche Ihre Website nicht.")
      )
    case .slow(let hours):
      (
        "slow",
        say(
          "Others keep the present entries for up to \(hours) hours, so a change takes that long.",
          "Andere merken sich die jetzigen Einträge bis zu \(hours) Stunden; so lange kann eine Änderung dauern.")
      )
    }
  }

  private func say(_ english: String, _ german: String) -> String { language == .german ? german : english }
}
