/// What kind of provider an imprint speaks of: each owes other data (§ 5 DDG).
package enum Provider: String, Sendable, CaseIterable {
  case person = "private"
  case soleTrader = "sole_trader"
  /// Without a chamber: artists, designers, developers.
  case freelancer
  /// Of a profession that a chamber supervises: doctors, lawyers, architects, tax advisers.
  case regulated
  case gmbh, ug, ag, gbr
  /// A registered association (e. V.).
  case association

  /// The name of the legal form, the same in every language; nil where a person stands for themselves.
  var legalForm: String? {
    switch self {
    case .person, .soleTrader, .freelancer, .regulated: nil
    case .gmbh: "Gesellschaft mit beschränkter Haftung (GmbH)"
    case .ug: "Unternehmergesellschaft (haftungsbeschränkt)"
    case .ag: "Aktiengesellschaft (AG)"
    case .gbr: "Gesellschaft bürgerlichen Rechts (GbR)"
    case .association: "Eingetragener Verein (e. V.)"
    }
  }
}

/// Whether a business takes part in dispute resolution with consumers (§ 36 VSBG).
package enum DisputeResolution: String, Sendable, CaseIterable {
  case unwilling, willing
}
