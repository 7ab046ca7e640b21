/// What an imprint must tell (§ 5 DDG). Empty answers are left out of the page.
package struct ImprintForm: LegalForm {
  /// Nil: not said, so nothing depends on it.
  package var provider: Provider?
  package var name = ""
  package var legalForm = ""
  package var address = PostalAddress()
  package var email = ""
  package var phone = ""
  package var representedBy = ""
  package var registerCourt = ""
  package var registerNumber = ""
  package var vatID = ""
  package var profession = ""
  package var chamber = ""
  /// The rules of a regulated profession, and where they can be read.
  package var professionalRules = ""
  /// The business identification number (§ 139c AO).
  package var businessID = ""
  package var disputeResolution: DisputeResolution?
  /// The body that resolves disputes, for who takes part.
  package var disputeBody = ""
  package var responsible = ""

  package init() {}

  package var isComplete: Bool {
    guard !name.isBlank, address.isComplete, !email.isBlank else { return false }
    return switch provider {
    case nil, .person, .soleTrader, .freelancer: true
    case .regulated: ![profession, chamber, professionalRules].contains { $0.isBlank }
    case .gbr: !representedBy.isBlank
    case .gmbh, .ug, .ag, .association: ![representedBy, registerCourt, registerNumber].contains { $0.isBlank }
    }
  }
}

extension PostalAddress {
  /// Whether a letter would arrive.
  package var isComplete: Bool {
    ![street, postalCode, city, country].contains { $0.isBlank }
  }
}
