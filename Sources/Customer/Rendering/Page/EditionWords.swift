import HTTP

extension Words {
  /// For example “Stand: 21. November 2026 (Fassung 2)”.
  func edition(_ edition: Edition) -> String {
    let date = CivilTime(seconds: edition.since.seconds).date(language)
    return switch language {
    case .german: "Stand: \(date) (Fassung \(edition.number))"
    case .english: "As of \(date) (edition \(edition.number))"
    }
  }
}
