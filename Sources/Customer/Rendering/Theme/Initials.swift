/// The letters that stand for a name where there is no picture.
struct Initials {
  /// One or two letters or digits; a dot when the name has none.
  let text: String

  init(_ name: String) {
    let words = name.split { !$0.isLetter && !$0.isNumber }
    let letters = [words.first, words.count > 1 ? words.last : nil].compactMap { $0?.first.flatMap(Self.capital) }
    text = letters.isEmpty ? "·" : String(letters)
  }

  /// A letter may have a capital of two (`ß`), and may carry any number of marks: what is drawn is one plain letter.
  private static func capital(_ letter: Character) -> Character? {
    letter.unicodeScalars.first.flatMap { Character($0).uppercased().first }
  }

  /// A picture for a page, of no meaning to a screen reader: the name stands beside it.
  var avatar: HTML {
    """
    <svg class="avatar" viewBox="0 0 96 96" width="96" height="96" aria-hidden="true" focusable="false">\
    <rect width="96" height="96"/><text x="48" y="49" text-anchor="middle" dominant-baseline="central" \
    font-size="\(fontSize(of: 96))">\(text: text)</text></svg>
    """
  }

  /// A picture file of its own, for browsers' tabs.
  func favicon(_ palette: Palette) -> HTML {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="16" fill="\(palette.accent)"/>\
    <text x="32" y="33" fill="\(palette.onAccent)" font-family="system-ui, sans-serif" font-weight="600" text-anchor="middle" \
    dominant-baseline="central" font-size="\(fontSize(of: 64))">\(text: text)</text></svg>

    """
  }

  private func fontSize(of side: Int) -> Int {
    text.count > 1 ? side * 38 / 100 : side / 2
  }
}
