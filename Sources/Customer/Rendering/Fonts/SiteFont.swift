/// A font that a site may bring along, by its name in the API. Each has a regular and a bold weight, and each weight a
/// part for western Europe and one for the rest of the Latin alphabet, of which a browser fetches what a page needs.
///
/// Made by `scripts/fonts` from free fonts; `Licences` beside this file says of which, and on which terms.
package enum SiteFont: String, Sendable, CaseIterable {
  case clear, friendly, geometric, round, book, slab, typewriter

  /// In the order in which browsers are told: the last that holds a character is taken.
  var files: [FontFile] { Self.all[self] ?? [] }

  /// What stands in until the font has come, and for what it does not hold.
  var fallback: StaticString {
    switch self {
    case .clear, .friendly, .geometric: Stacks.system
    case .round: Stacks.rounded
    case .book: Stacks.bookish
    case .slab: Stacks.slab
    case .typewriter: Stacks.mono
    }
  }

  /// The rules that tell browsers where its files are. No text waits for them.
  var rules: CSS {
    var rules = CSS()
    for file in files { rules += file.rule }
    return rules
  }

  private static let all = Dictionary(uniqueKeysWithValues: allCases.map { ($0, FontFile.files(of: $0)) })
}
