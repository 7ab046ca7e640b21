import Services

/// How much a message looks like advertising that nobody asked for.
///
/// Nothing is refused for it: what scores high is put where the owner finds it, and is not mailed. One sign alone is
/// rarely enough, since people do write in other scripts, and do send links.
struct SpamScore {
  /// From here on a message is held to be unwanted.
  static let limit = 4

  let points: Int
  var isSpam: Bool { points >= Self.limit }

  /// - Parameters:
  ///   - isTrapped: a field that no person sees was filled in.
  ///   - copies: how often the same words came from others within a day.
  init(_ message: VisitorMessage, isTrapped: Bool, copies: Int) {
    var points = 0
    if isTrapped { points += Self.limit }
    // Short greetings are alike by chance.
    if message.text.unicodeScalars.count >= 60, copies > 0 { points += copies == 1 ? 2 : Self.limit }
    let words = message.text.lowercased()
    let links = Self.links(in: words)
    switch links {
    case 0: break
    case 1...2: points += 1
    case 3...5: points += 3
    default: points += Self.limit
    }
    let letters = Self.lettersBesideLinks(words)
    if links > 0, letters.count < 20 { points += 3 }
    // Markup that people do not type, and forums of old understood.
    if ["<a ", "[url", "[link", "href="].contains(where: words.contains) { points += 3 }
    if Self.links(in: message.name.lowercased()) > 0 { points += 3 }
    if Self.areMostlyForeign(letters) { points += 2 }
    self.points = points
  }

  /// How many addresses of the web stand in a text in lower case.
  private static func links(in words: String) -> Int {
    tokens(words).count { isLink($0) }
  }

  private static func tokens(_ words: String) -> [Substring] {
    words.split { $0.isWhitespace || "<>\"'()[]=,;".contains($0) }
  }

  private static func isLink(_ token: Substring) -> Bool {
    token.contains("://") || token.hasPrefix("www.")
  }

  private static func lettersBesideLinks(_ words: String) -> [Unicode.Scalar] {
    tokens(words).filter { !isLink($0) }.flatMap { token in
      token.unicodeScalars.filter { $0.properties.isAlphabetic }
    }
  }

  /// Whether most letters are of scripts that hardly anybody uses to write to a site in one of our languages. Latin,
  /// Greek, Cyrillic, Armenian, Hebrew and Arabic letters are none of those.
  private static func areMostlyForeign(_ letters: [Unicode.Scalar]) -> Bool {
    let foreign = letters.count { letter in
      letter.value > 0x06FF && !(0x1E00...0x1FFF).contains(letter.value) && !(0x2C60...0x2C7F).contains(letter.value)
        && !(0xA720...0xA7FF).contains(letter.value) && !(0xFB00...0xFDFF).contains(letter.value)
    }
    return foreign * 2 > letters.count
  }
}
