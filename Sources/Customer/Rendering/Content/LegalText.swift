import HTTP

/// A legal page: made from a guided form, or the customer's own text.
package enum LegalText<Form: LegalForm>: Sendable, Equatable {
  case form(Form)
  /// Own text in the Markdown subset with headings, by language.
  case own(german: String?, english: String?)

  /// Whether there is enough for a page; else the site has neither the page nor a link to it.
  package var isComplete: Bool {
    switch self {
    case .form(let form): form.isComplete
    case .own: own(for: .english) != nil
    }
  }

  /// The own text for a language, or the other language's when there is none.
  func own(for language: Language) -> (text: String, language: Language)? {
    guard case .own(let german, let english) = self else { return nil }
    let texts = [(german, Language.german), (english, Language.english)]
    let inOrder = language == .german ? texts : texts.reversed()
    for (text, language) in inOrder {
      if let text, !text.isBlank { return (text, language) }
    }
    return nil
  }
}

/// The answers from which a legal page is written.
package protocol LegalForm: Sendable, Equatable {
  /// Whether all is there without which the page would not fulfil its purpose.
  var isComplete: Bool { get }
}
