/// The languages that SmartPages itself speaks.
package enum Language: String, Sendable, CaseIterable {
  case german = "de"
  case english = "en"

  /// The better of our languages for an `Accept-Language` field (RFC 9110, section 12.5.4); English when none fits.
  package init(acceptLanguage field: String?) {
    var best: (language: Language, quality: Double) = (.english, 0)
    for part in (field ?? "").split(separator: ",").prefix(20) {
      let pieces = part.split(separator: ";")
      guard let range = pieces.first?.drop(while: { $0 == " " }).lowercased(),
        let language = Language.allCases.first(where: { range == $0.rawValue || range.hasPrefix($0.rawValue + "-") })
      else { continue }
      let quality = pieces.dropFirst().compactMap { QualityValue.parse($0) }.first ?? 1
      if quality > best.quality { best = (language, quality) }
    }
    self = best.language
  }
}

/// The weight of a preference: `q=0.8` (RFC 9110, section 12.4.2).
enum QualityValue {
  static func parse(_ parameter: Substring) -> Double? {
    let trimmed = parameter.drop { $0 == " " }
    guard trimmed.hasPrefix("q=") || trimmed.hasPrefix("Q=") else { return nil }
    let number = trimmed.dropFirst(2).prefix { $0 != " " }
    guard number.utf8.count <= 5, let value = Double(number), (0...1).contains(value) else { return 0 }
    return value
  }
}
