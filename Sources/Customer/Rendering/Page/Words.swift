import HTTP

/// The renderer's own words.
struct Words {
  let language: Language
  let home: String
  let skip: String
  let pages: String
  let links: String
  let contact: String
  let email: String
  let phone: String
  let website: String
  let address: String
  let accounts: String
  let legal: String
  let imprint: String
  let privacy: String
  let notFound: String
  let notFoundText: String
  let backHome: String
  let madeWith: String
  /// For Open Graph: language and country.
  let openGraphLocale: String
}

extension Words {
  init(_ language: Language) {
    self = language == .german ? .german : .english
  }

  private static let german = Words(
    language: .german, home: "Start", skip: "Zum Inhalt springen", pages: "Seiten", links: "Links", contact: "Kontakt",
    email: "E-Mail",
    phone: "Telefon", website: "Website", address: "Anschrift", accounts: "Profile", legal: "Rechtliches",
    imprint: "Impressum", privacy: "Datenschutz", notFound: "Seite nicht gefunden",
    notFoundText: "Unter dieser Adresse gibt es nichts. Vielleicht wurde die Seite umbenannt oder entfernt.",
    backHome: "Zur Startseite", madeWith: "Erstellt mit SmartPages", openGraphLocale: "de_DE")

  private static let english = Words(
    language: .english, home: "Home", skip: "Skip to content", pages: "Pages", links: "Links", contact: "Contact",
    email: "E-mail",
    phone: "Phone", website: "Website", address: "Address", accounts: "Accounts", legal: "Legal",
    imprint: "Imprint", privacy: "Privacy", notFound: "Page not found",
    notFoundText: "There is nothing at this address. The page may have been renamed or removed.",
    backHome: "Back to the start", madeWith: "Made with SmartPages", openGraphLocale: "en_GB")
}
