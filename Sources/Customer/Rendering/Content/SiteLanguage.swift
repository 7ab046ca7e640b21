package import HTTP

/// A language in which pages of a site can be written.
package enum SiteLanguage: String, Sendable, CaseIterable {
  case german = "de"
  case english = "en"
  case french = "fr"
  case spanish = "es"
  case italian = "it"
  case dutch = "nl"
  case polish = "pl"
  case portuguese = "pt"
  case turkish = "tr"

  /// The same language as one of those that SmartPages itself speaks.
  package init(_ language: Language) {
    switch language {
    case .german: self = .german
    case .english: self = .english
    }
  }

  /// The language of legal texts, which are written in those that SmartPages itself speaks; nil for others.
  var ofLegalTexts: Language? { Language(rawValue: rawValue) }

  /// What its speakers call it.
  var nativeName: String {
    switch self {
    case .german: "Deutsch"
    case .english: "English"
    case .french: "Français"
    case .spanish: "Español"
    case .italian: "Italiano"
    case .dutch: "Nederlands"
    case .polish: "Polski"
    case .portuguese: "Português"
    case .turkish: "Türkçe"
    }
  }
}
