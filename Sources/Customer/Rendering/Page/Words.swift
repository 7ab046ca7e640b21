import HTTP

/// The renderer's own words.
struct Words {
  /// The language of legal texts: English where these are not written in the page's own.
  let language: Language
  var home: String
  var skip: String
  var pages: String
  var languages: String
  var links: String
  var contact: String
  var email: String
  var phone: String
  var website: String
  var address: String
  var accounts: String
  var legal: String
  var imprint: String
  var privacy: String
  var notFound: String
  var notFoundText: String
  var backHome: String
  var madeWith: String
  /// For Open Graph: language and country.
  var openGraphLocale: String
}

extension Words {
  init(_ language: SiteLanguage) {
    self =
      switch language {
      case .german: .german
      case .english: .english
      case .french: .french
      case .spanish: .spanish
      case .italian: .italian
      case .dutch: .dutch
      case .polish: .polish
      case .portuguese: .portuguese
      case .turkish: .turkish
      }
  }

  private static let german = Words(
    language: .german, home: "Start", skip: "Zum Inhalt springen", pages: "Seiten", languages: "Sprachen",
    links: "Links", contact: "Kontakt",
    email: "E-Mail",
    phone: "Telefon", website: "Website", address: "Anschrift", accounts: "Profile", legal: "Rechtliches",
    imprint: "Impressum", privacy: "Datenschutz", notFound: "Seite nicht gefunden",
    notFoundText: "Unter dieser Adresse gibt es nichts. Vielleicht wurde die Seite umbenannt oder entfernt.",
    backHome: "Zur Startseite", madeWith: "Erstellt mit SmartPages", openGraphLocale: "de_DE")

  static let english = Words(
    language: .english, home: "Home", skip: "Skip to content", pages: "Pages", languages: "Languages", links: "Links",
    contact: "Contact",
    email: "E-mail",
    phone: "Phone", website: "Website", address: "Address", accounts: "Accounts", legal: "Legal",
    imprint: "Imprint", privacy: "Privacy", notFound: "Page not found",
    notFoundText: "There is nothing at this address. The page may have been renamed or removed.",
    backHome: "Back to the start", madeWith: "Made with SmartPages", openGraphLocale: "en_GB")
}
