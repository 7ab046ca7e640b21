import Services

/// Links that write to or call someone.
enum ContactLinks {
  /// The address as a link, or as text when it is none.
  static func mail(_ address: String) -> HTML {
    guard let link = WebLink("mailto:\(address)") else { return "\(text: address)" }
    return "<a\(href: link)>\(text: address)</a>"
  }

  /// The number as a link, or as text when it is none.
  static func call(_ number: String) -> HTML {
    guard let link = WebLink("tel:\(dialled(number))") else { return "\(text: number)" }
    return "<a\(href: link)>\(text: number)</a>"
  }

  /// What is dialled of a number as written: in `+49 (0) 30 123` the zero in parentheses is not.
  private static func dialled(_ number: String) -> String {
    var digits = ""
    var rest = Substring(number)
    let isInternational = rest.first { !$0.isWhitespace } == "+"
    while let character = rest.first {
      if isInternational, rest.hasPrefix("(0)") {
        rest.removeFirst(3)
        continue
      }
      if ("0"..."9").contains(character) || (character == "+" && digits.isEmpty) { digits.append(character) }
      rest.removeFirst()
    }
    return digits
  }
}
